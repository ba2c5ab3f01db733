package io.suimon.controlplane.stream;

import java.util.concurrent.atomic.LongAdder;

/** What happened on the stream since the process started. Thread-safe; read when metrics are scraped. */
public final class StreamCounters {

    final LongAdder snapshots = new LongAdder();
    final LongAdder deltas = new LongAdder();
    final LongAdder digestMismatches = new LongAdder();
    final LongAdder refusals = new LongAdder();

    /** Snapshots begun. */
    public long snapshots() {
        return snapshots.sum();
    }

    /** Deltas begun. */
    public long deltas() {
        return deltas.sum();
    }

    /** Acknowledgements of something else than what was sent. Each costs the node a snapshot, so they should not happen. */
    public long digestMismatches() {
        return digestMismatches.sum();
    }

    /** Streams ended because of what the node did or was: no token, no hello, too many nodes, malformed messages. */
    public long refusals() {
        return refusals.sum();
    }
}
