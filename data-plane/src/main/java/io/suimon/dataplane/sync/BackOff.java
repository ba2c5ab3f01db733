package io.suimon.dataplane.sync;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: doubling up to a bound, less a random part, so that many nodes that lost the same
 * control plane do not come back at the same moment. Not thread-safe.
 */
final class BackOff {

    private final Duration first;
    private final Duration longest;
    private final RandomGenerator random;
    private Duration next;

    BackOff(Duration first, Duration longest, RandomGenerator random) {
        this.first = first;
        this.longest = longest;
        this.random = random;
        this.next = first;
    }

    /** The pause before the next attempt: between half of the present bound and all of it. */
    Duration pause() {
        var bound = next;
        var doubled = bound.multipliedBy(2);
        next = doubled.compareTo(longest) > 0 ? longest : doubled;
        long half = bound.toNanos() / 2;
        return Duration.ofNanos(half + random.nextLong(half + 1));
    }

    /** The longest pause, for when trying sooner does harm. */
    Duration longPause() {
        next = longest;
        return pause();
    }

    /** An attempt did well. */
    void reset() {
        next = first;
    }
}
