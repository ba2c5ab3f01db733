package io.suimon.dataplane.sync;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** By a clock of its own, in heartbeats of a control plane; what is said is said at 0. */
class SilenceWatchTest {

    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final Duration LIMIT = HEARTBEAT.multipliedBy(2);

    private final AtomicLong now = new AtomicLong();
    private final SilenceWatch watch = new SilenceWatch(LIMIT, now::get);

    /** @param phase milliseconds from what was said last to the next look */
    @ParameterizedTest(name = "looking {0} ms after the last word")
    @ValueSource(longs = {0, 1, 250, 500, 999, 1000})
    void silenceIsTooLongAfterMoreThanOneHeartbeatAndNoMoreThanTwo(long phase) {
        var given = Duration.ofMillis(phase);

        var end = given;
        for (now.set(end.toNanos()); !watch.tooLong(); now.set(end.toNanos())) {
            end = end.plus(SilenceWatch.pause(LIMIT));
        }

        assertThat(end).isBetween(HEARTBEAT.multipliedBy(3).dividedBy(2), LIMIT);
    }

    @Test
    void controlPlaneThatSpeaksOncePerHeartbeatIsNeverGivenUp() {
        for (int beat = 0; beat < 100; beat++) {
            now.addAndGet(HEARTBEAT.toNanos());

            assertThat(watch.tooLong()).isFalse();

            watch.heard();
        }
    }

    @Test
    void thereIsAPauseBetweenLooksHoweverShortTheLimit() {
        assertThat(SilenceWatch.pause(Duration.ofMillis(5))).isEqualTo(Duration.ofMillis(1));
    }
}
