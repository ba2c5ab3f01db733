package io.suimon.dataplane;

import io.suimon.dataplane.cache.CacheCounters;
import io.suimon.dataplane.sync.SyncCounters;
import io.suimon.dataplane.telemetry.MetricsRegistry;

/** Tells how the configuration travels, in metrics. */
record SyncMetrics(SyncCounters sync, CacheCounters cache) {

    void register(MetricsRegistry registry) {
        registry.counter("suimon_sync_connects_total", "Streams on which a control plane spoke", sync::connects);
        registry.counter("suimon_sync_failures_total", "Connections that failed or broke", sync::failures);
        registry.counter("suimon_sync_snapshots_total", "Complete configurations applied", sync::snapshots);
        registry.counter("suimon_sync_deltas_total", "Changes applied", sync::deltas);
        registry.counter(
                "suimon_sync_resyncs_total", "Messages that did not lead to the digest they should", sync::resyncs);
        registry.counter("suimon_cache_writes_total", "Disk copies written, and changes behind them", cache::writes);
        registry.counter(
                "suimon_cache_write_failures_total",
                "Disk copies and changes behind them that failed",
                cache::writeFailures);
        registry.counter(
                "suimon_cache_damaged_total",
                "Disk copies and changes behind them passed over at the start",
                cache::damaged);
    }
}
