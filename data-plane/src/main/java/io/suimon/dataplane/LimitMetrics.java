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

/** Tells who was turned away, which exchanges became tunnels, and what was tried again, in metrics. */
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
        registry.counter(
                "suimon_upstream_retries_total",
                "Requests sent once more after a try that failed",
                () -> counts.get().retries());
        registry.counter(
                "suimon_upstream_retry_budget_exhausted_total",
                "Requests that were not sent once more, as the retry budget was spent",
                () -> counts.get().retriesDenied());
    }

    private static List<Sample> samples(TrafficCounts now) {
        return Arrays.stream(Refusal.values())
                .map(why -> new Sample(
                        "", new LabelText().add("reason", why.label()).toString(), now.refused(why)))
                .toList();
    }
}
