package io.suimon.bench.load;

import java.util.Arrays;

/** How long answers took, one after the other. Not thread-safe. */
final class LatencyLog {

    /** As many are kept; those beyond only count. */
    private static final int MOST = 1 << 24;

    private long[] nanos = new long[1 << 12];
    private int kept;
    private long count;

    void add(long taken) {
        count++;
        if (kept == MOST) {
            return;
        }
        if (kept == nanos.length) {
            nanos = Arrays.copyOf(nanos, Math.min(MOST, 2 * kept));
        }
        nanos[kept++] = taken;
    }

    long count() {
        return count;
    }

    /** What all of it came to; needs one answer at least. */
    Answered over(double seconds) {
        if (kept == 0) {
            throw new FailedLoadException("answers: 0 (expected: at least one)");
        }
        var sorted = Arrays.copyOf(nanos, kept);
        Arrays.sort(sorted);
        return new Answered(count / seconds, percentile(sorted, 50), percentile(sorted, 99), count);
    }

    /** The smallest that so many per cent of all do not exceed, in microseconds. */
    private static double percentile(long[] sorted, int percent) {
        int rank = (int) Math.ceil(sorted.length * (percent / 100.0));
        return sorted[Math.max(0, rank - 1)] / 1_000.0;
    }
}
