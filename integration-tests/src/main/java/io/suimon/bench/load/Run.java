package io.suimon.bench.load;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the connections of a load of ours share: how long it goes on, and what it came to. Lives on their event loop, but for {@link #await}. */
final class Run {

    private static final Duration GRACE = Duration.ofSeconds(20);

    private final LatencyLog latencies = new LatencyLog();
    private final CountDownLatch end = new CountDownLatch(1);
    private final long began = System.nanoTime();
    private final Duration length;
    private int open;
    private double seconds;
    private @Nullable String failure;

    Run(Duration length) {
        this.length = length;
    }

    /** Whether more is to be sent. */
    boolean goesOn() {
        return failure == null && System.nanoTime() - began < length.toNanos();
    }

    /** One connection more. */
    void opened() {
        open++;
    }

    /** One connection less; the last one ends the run. */
    void closed() {
        open--;
        if (open == 0) {
            seconds = (System.nanoTime() - began) / 1e9;
            end.countDown();
        }
    }

    /** An answer, to what was sent then. */
    void answered(long sentNanos) {
        latencies.add(System.nanoTime() - sentNanos);
    }

    /** What went wrong; the first time counts. */
    void failed(String what) {
        if (failure == null) {
            failure = what;
        }
    }

    /** Waits for the end; for a thread that is not the event loop's. */
    Answered await() {
        try {
            if (!end.await(length.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS)) {
                throw new FailedLoadException("no end " + GRACE.toSeconds() + " s after the load's");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        if (failure != null) {
            throw new FailedLoadException(failure);
        }
        return latencies.over(seconds);
    }
}
