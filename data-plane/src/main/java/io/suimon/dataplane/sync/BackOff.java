package io.suimon.dataplane.sync;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: any time up to a bound that doubles with each failure, so that many nodes that lost the same
 * control plane come back one by one. Not thread-safe.
 */
public final class BackOff {

    /** A pause is never shorter than this part of its bound. */
    private static final int SHORTEST_PART = 20;

    private final Duration first;
    private final Duration longest;
    private final RandomGenerator random;
    private Duration next;

    public BackOff(Duration first, Duration longest, RandomGenerator random) {
        this.first = first;
        this.longest = longest;
        this.random = random;
        this.next = first;
    }

    /** The pause before the next attempt: evenly spread below the present bound, and not nothing. */
    public Duration pause() {
        var bound = next;
        var doubled = bound.multipliedBy(2);
        next = doubled.compareTo(longest) > 0 ? longest : doubled;
        long shortest = bound.toNanos() / SHORTEST_PART;
        return Duration.ofNanos(shortest + random.nextLong(bound.toNanos() - shortest + 1));
    }

    /** A long pause, for when trying sooner does harm. */
    Duration longPause() {
        next = longest;
        return longest.dividedBy(2).plus(pause().dividedBy(2));
    }

    /** An attempt did well. */
    public void reset() {
        next = first;
    }
}
