package io.suimon.dataplane;

import io.suimon.dataplane.proxy.Refusal;
import io.suimon.dataplane.proxy.TrafficCounts;
import io.suimon.dataplane.telemetry.LabelText;
import io.suimon.dataplane.telemetry.MetricFamily.Kind;
import io.suimon.dataplane.telemetry.MetricFamily.Sample;
import io.suimon.dataplane.telemetry.MetricsRegistry;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Tells who was turned away and which exchanges became tunnels, in metrics. */
record LimitMetrics(Supplier<TrafficCounts> counts) {

    void register(MetricsRegistry registry) {
        registry.add(
                "suimon_traffic_refused_total",
                Kind.COUNTER,
                "Clients that came up against a limit or a rule of the wire",
                () -> samples(counts.get()));
        registry.counter(
                "suimon_traffic_upgraded_total",
                "Exchanges that became tunnels",
                () -> counts.get().upgraded());
        registry.gauge(
                "suimon_traffic_tunnels",
                "Tunnels that are open",
                () -> counts.get().tunnels());
        registry.counter(
                "suimon_traffic_filter_errors_total",
                "Filters that failed",
                () -> counts.get().filterErrors());
    }

    private static List<Sample> samples(TrafficCounts now) {
        return Arrays.stream(Refusal.values())
                .map(why -> new Sample(
                        "", new LabelText().add("reason", why.label()).toString(), now.refused(why)))
                .toList();
    }
}
