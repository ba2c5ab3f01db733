package io.suimon.bench.propagation;

import java.util.Arrays;

/** Durations in nanoseconds, of which one asks for percentiles. Immutable. */
final class Times {

    private final long[] sorted;

    Times(long[] nanos) {
        sorted = nanos.clone();
        Arrays.sort(sorted);
    }

    int count() {
        return sorted.length;
    }

    /** What this share of them did not exceed, in milliseconds; 0 without any. */
    double millis(double share) {
        return sorted.length == 0
                ? 0
                : sorted[Math.min(sorted.length - 1, (int) Math.floor(share * sorted.length))] / 1e6;
    }
}
