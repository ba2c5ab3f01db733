package io.suimon.controlplane.store.etcd;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** How long a member that failed is left in peace: longer with each failure, with jitter so that many do not probe it at once. */
final class ProbePause {

    static final Duration FIRST = Duration.ofMillis(50);

    /** So often a length is doubled at most; far beyond any longest pause. */
    private static final int DOUBLINGS = 16;

    private ProbePause() {}

    /**
     * Nanoseconds between half and all of a length that doubles with each failure, up to the longest.
     *
     * @param failures how many there were before
     */
    static long nanos(int failures, Duration longest, RandomGenerator random) {
        long most = Math.max(FIRST.toMillis(), longest.toMillis());
        long length = TimeUnit.MILLISECONDS.toNanos(Math.min(most, FIRST.toMillis() << Math.min(failures, DOUBLINGS)));
        return length / 2 + random.nextLong(length / 2 + 1);
    }
}
