package io.suimon.dataplane.cache;

import java.util.concurrent.atomic.LongAdder;

/** What happened to the disk copy since the process started. Thread-safe; read when metrics are scraped. */
public final class CacheCounters {

    final LongAdder writes = new LongAdder();
    final LongAdder writeFailures = new LongAdder();
    final LongAdder damaged = new LongAdder();

    /** Generations and steps written. */
    public long writes() {
        return writes.sum();
    }

    /** Generations and steps that could not be written; traffic does not mind, a restart would. */
    public long writeFailures() {
        return writeFailures.sum();
    }

    /** Generations, and steps behind them, found torn, damaged or not to be decrypted at the start. */
    public long damaged() {
        return damaged.sum();
    }
}
