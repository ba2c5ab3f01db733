package io.suimon.bench.admin;

import java.time.Duration;
import java.util.Arrays;

/**
 * How long requests took, and over what time they were sent.
 *
 * @param sortedNanos one per request, ascending; never empty; not to be changed
 */
record Latencies(long[] sortedNanos, Duration over) {

    private static final double NANOS_PER_MILLI = 1_000_000;

    static Latencies of(long[] nanos, Duration over) {
        if (nanos.length == 0) {
            throw new IllegalStateException("requests answered: 0 (expected: at least one)");
        }
        var sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Latencies(sorted, over);
    }

    int count() {
        return sortedNanos.length;
    }

    double medianMillis() {
        return percentileMillis(50);
    }

    double p99Millis() {
        return percentileMillis(99);
    }

    double perSecond() {
        return count() / (over.toNanos() / 1e9);
    }

    /** The smallest latency that so many per cent of all do not exceed. */
    private double percentileMillis(int percent) {
        int rank = (int) Math.ceil(count() * percent / 100.0);
        return sortedNanos[Math.max(0, rank - 1)] / NANOS_PER_MILLI;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Latencies that
                && Arrays.equals(sortedNanos, that.sortedNanos)
                && over.equals(that.over);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sortedNanos);
    }

    @Override
    public String toString() {
        return count() + " requests in " + over;
    }
}
