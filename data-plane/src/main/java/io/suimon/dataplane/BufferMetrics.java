package io.suimon.dataplane;

import io.netty.buffer.PoolArenaMetric;
import io.netty.buffer.PooledByteBufAllocator;
import io.suimon.dataplane.telemetry.MetricsRegistry;
import java.util.List;

/** Tells what the pools of buffers have handed out, in metrics: numbers that grow at rest would be a leak. */
record BufferMetrics(PooledByteBufAllocator pools) {

    void register(MetricsRegistry registry) {
        var now = pools.metric();
        registry.gauge(
                "suimon_buffers_taken",
                "Buffers that the pools handed out and have not got back",
                () -> taken(now.directArenas()) + taken(now.heapArenas()));
        registry.gauge(
                "suimon_buffers_memory_bytes", "Memory outside of the heap that the pools hold", now::usedDirectMemory);
    }

    private static long taken(List<PoolArenaMetric> arenas) {
        return arenas.stream().mapToLong(PoolArenaMetric::numActiveAllocations).sum();
    }
}
