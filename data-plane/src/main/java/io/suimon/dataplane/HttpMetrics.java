package io.suimon.dataplane;

import io.suimon.dataplane.proxy.TrafficCounts;
import io.suimon.dataplane.telemetry.MetricsRegistry;
import java.util.function.Supplier;

/** Tells what was refused to clients before there was an exchange, in metrics. */
record HttpMetrics(Supplier<TrafficCounts> traffic) {

    void register(MetricsRegistry registry) {
        registry.counter(
                "suimon_http_malformed_total",
                "Messages of clients that are no requests",
                () -> traffic.get().malformed());
        registry.counter(
                "suimon_http2_floods_total",
                "Connections closed for a flood of frames",
                () -> traffic.get().calmed());
        registry.counter(
                "suimon_http2_stalls_total",
                "Streams reset because the client took nothing of the response",
                () -> traffic.get().stalled());
    }
}
