package io.suimon.controlplane.mirror;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Growing pauses between attempts, with jitter so that many processes do not come back at once. One thread. */
final class Pause {

    private static final long FIRST_MILLIS = 50;

    private final long maxMillis;
    private final RandomGenerator random;
    private long ceiling = FIRST_MILLIS;

    Pause(Duration max, RandomGenerator random) {
        this.maxMillis = Math.max(1, max.toMillis());
        this.random = random;
    }

    /** How long to wait now: between half and all of a length that doubles each time. */
    Duration next() {
        long length = Math.min(ceiling, maxMillis);
        ceiling = Math.min(ceiling * 2, maxMillis);
        return Duration.ofMillis(length / 2 + random.nextLong(length / 2 + 1));
    }

    /** Begins with the shortest again: the last attempt was a success. */
    void reset() {
        ceiling = FIRST_MILLIS;
    }
}
