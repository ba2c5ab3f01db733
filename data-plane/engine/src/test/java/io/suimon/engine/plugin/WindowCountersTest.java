package io.suimon.engine.plugin;

import io.suimon.engine.plugin.WindowCounters.Usage;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WindowCountersTest {

    private static final long SECOND = 1_000_000_000L;
    private static final WindowCounters.Key KEY = new WindowCounters.Key("routes/1", "a");

    private final AtomicLong now = new AtomicLong(-5);
    private final WindowCounters counters = new WindowCounters(() -> Instant.EPOCH, now::get);

    @Test
    void fixedWindowBeginsWithTheFirstRequestAndRefusalsDoNotExtendIt() {
        var first = counters.fixed(KEY, 1, SECOND);
        now.addAndGet(SECOND / 2);
        var second = counters.fixed(KEY, 1, SECOND);
        now.addAndGet(SECOND / 2);
        var third = counters.fixed(KEY, 1, SECOND);

        assertThat(first).isEqualTo(new Usage(true, 0, SECOND));
        assertThat(second).isEqualTo(new Usage(false, 0, SECOND / 2));
        assertThat(third).isEqualTo(new Usage(true, 0, SECOND));
    }

    @Test
    void refusedRequestsOfAFixedWindowCount() {
        counters.fixed(KEY, 1, SECOND);
        counters.fixed(KEY, 1, SECOND);

        var higherLimit = counters.fixed(KEY, 10, SECOND);

        assertThat(higherLimit.remaining()).isEqualTo(7);
    }

    @Test
    void slidingWindowWeighsTheOneBefore() {
        for (int i = 0; i < 4; i++) {
            counters.sliding(KEY, 4, SECOND);
        }
        now.addAndGet(SECOND + SECOND / 4);

        var allowed = counters.sliding(KEY, 4, SECOND);
        var refused = counters.sliding(KEY, 4, SECOND);

        assertThat(allowed).isEqualTo(new Usage(true, 0, SECOND * 3 / 4));
        assertThat(refused).isEqualTo(new Usage(false, 0, 0));
    }

    @Test
    void remainingOfASlidingWindowMayBeBelowZeroForAnAllowedRequest() {
        counters.sliding(KEY, 1, SECOND);
        now.addAndGet(SECOND + SECOND / 2);

        var usage = counters.sliding(KEY, 1, SECOND);

        assertThat(usage).isEqualTo(new Usage(true, -1, SECOND / 2));
    }

    @Test
    void refusedRequestsOfASlidingWindowDoNotCount() {
        counters.sliding(KEY, 1, SECOND);
        counters.sliding(KEY, 1, SECOND);

        var higherLimit = counters.sliding(KEY, 10, SECOND);

        assertThat(higherLimit.remaining()).isEqualTo(8);
    }

    @Test
    void slidingWindowForgetsWhatIsTwoWindowsOld() {
        counters.sliding(KEY, 1, SECOND);
        now.addAndGet(2 * SECOND);

        var usage = counters.sliding(KEY, 1, SECOND);

        assertThat(usage).isEqualTo(new Usage(true, 0, SECOND));
    }

    @Test
    void forgetsTheLeastRecentlyUsedAtTheLimit() {
        var small = new WindowCounters(() -> Instant.EPOCH, now::get, 64);
        for (int i = 0; i < 10_000; i++) {
            small.fixed(new WindowCounters.Key("s", "name" + i), 1, SECOND);
        }

        var newest = small.fixed(new WindowCounters.Key("s", "name9999"), 1, SECOND);
        var oldest = small.fixed(new WindowCounters.Key("s", "name0"), 1, SECOND);

        assertThat(newest.allowed()).isFalse();
        assertThat(oldest.allowed()).isTrue();
        assertThat(small.forgotten()).isBetween(9_000L, 10_001L);
    }

    @Test
    void longNamesAreKeptShortAndApart() {
        var one = new WindowCounters.Key("s", "x".repeat(100_000));
        var other = new WindowCounters.Key("s", "x".repeat(100_001));

        assertThat(one.name()).hasSize(64);
        assertThat(one).isNotEqualTo(other);
    }

    @Test
    void countsEveryRequestOfManyThreads() throws Exception {
        var allowed = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 4; i++) {
                threads.execute(() -> {
                    for (int j = 0; j < 10_000; j++) {
                        if (counters.fixed(KEY, 25_000, SECOND).allowed()) {
                            allowed.incrementAndGet();
                        }
                    }
                });
            }
            threads.shutdown();
            threads.awaitTermination(30, TimeUnit.SECONDS);
        }

        assertThat(allowed).hasValue(25_000);
    }
}
