package io.suimon.dataplane.telemetry;

import java.util.concurrent.atomic.AtomicLongArray;

/** How often a duration fell where. One thread observes, any thread reads. */
final class Histogram {

    /** Upper bounds in milliseconds; above the last one is infinity. */
    private static final int[] BOUNDS = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 30000, 60000};

    private static final double NANOS_PER_MILLI = 1e6;

    /** One count per bound, one above them, and the sum in nanoseconds. */
    private final AtomicLongArray cells = new AtomicLongArray(BOUNDS.length + 2);

    void observe(long nanos) {
        int bucket = 0;
        double millis = nanos / NANOS_PER_MILLI;
        while (bucket < BOUNDS.length && millis > BOUNDS[bucket]) {
            bucket++;
        }
        add(bucket, 1);
        add(BOUNDS.length + 1, nanos);
    }

    private void add(int cell, long more) {
        cells.lazySet(cell, cells.getPlain(cell) + more);
    }

    /** What several of them hold together. One thread. */
    static final class Sum {

        private final long[] cells = new long[BOUNDS.length + 2];

        void add(Histogram histogram) {
            for (int i = 0; i < cells.length; i++) {
                cells[i] += histogram.cells.get(i);
            }
        }

        /** Bounds, the infinite one included. */
        static int buckets() {
            return BOUNDS.length + 1;
        }

        static String bound(int bucket) {
            return bucket == BOUNDS.length ? "+Inf" : Integer.toString(BOUNDS[bucket]);
        }

        /** How many lay at or below a bound. */
        long upTo(int bucket) {
            long total = 0;
            for (int i = 0; i <= bucket; i++) {
                total += cells[i];
            }
            return total;
        }

        double millis() {
            return cells[BOUNDS.length + 1] / NANOS_PER_MILLI;
        }
    }
}
