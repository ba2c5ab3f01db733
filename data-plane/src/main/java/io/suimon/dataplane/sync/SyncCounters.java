package io.suimon.dataplane.sync;

import java.util.concurrent.atomic.LongAdder;

/** What happened between this node and its control plane since the process started. Thread-safe; read when metrics are scraped. */
public final class SyncCounters {

    final LongAdder connects = new LongAdder();
    final LongAdder failures = new LongAdder();
    final LongAdder snapshots = new LongAdder();
    final LongAdder deltas = new LongAdder();
    final LongAdder resyncs = new LongAdder();

    /** Streams on which the control plane spoke. */
    public long connects() {
        return connects.sum();
    }

    /** Attempts and streams that ended in failure. */
    public long failures() {
        return failures.sum();
    }

    /** Snapshots applied. */
    public long snapshots() {
        return snapshots.sum();
    }

    /** Deltas applied. */
    public long deltas() {
        return deltas.sum();
    }

    /** Messages that did not fit what this node has, or were out of bounds: each made it ask for everything anew. */
    public long resyncs() {
        return resyncs.sum();
    }
}
