package io.suimon.dataplane;

import io.suimon.dataplane.control.HealthDirectory;
import io.suimon.dataplane.health.HealthChecks;
import io.suimon.dataplane.telemetry.LabelText;
import io.suimon.dataplane.telemetry.MetricFamily.Kind;
import io.suimon.dataplane.telemetry.MetricFamily.Sample;
import io.suimon.dataplane.telemetry.MetricsRegistry;
import java.util.LinkedHashMap;
import java.util.List;

/** Tells how the nodes of checked upstreams stand, in metrics. */
record HealthMetrics(HealthChecks checks) {

    void register(MetricsRegistry registry) {
        registry.add(
                "apisix_upstream_status",
                Kind.GAUGE,
                "Upstream status from health check",
                () -> standing(checks.directory()));
        registry.add(
                "suimon_health_changes_total",
                Kind.COUNTER,
                "Nodes that were found unhealthy, or healthy again",
                () -> List.of(
                        sample("to", "healthy", checks.changesToHealthy()),
                        sample("to", "unhealthy", checks.changesToUnhealthy())));
        registry.add(
                "suimon_health_probes_total",
                Kind.COUNTER,
                "Probes by what they came to",
                () -> checks.probes().entrySet().stream()
                        .map(outcome -> sample("outcome", outcome.getKey(), outcome.getValue()))
                        .toList());
    }

    /** Nodes that are probed in one place, under several names, are one series; the worst of them counts. */
    private static List<Sample> standing(HealthDirectory directory) {
        var byLabels = new LinkedHashMap<String, Double>();
        for (var checker : directory.all()) {
            for (var node : checker.nodes()) {
                var labels = new LabelText()
                        .add("name", checker.name())
                        .add("ip", node.ip())
                        .add("port", Integer.toString(node.port()));
                byLabels.merge(labels.toString(), node.health().state().usable() ? 1.0 : 0.0, Math::min);
            }
        }
        return byLabels.entrySet().stream()
                .map(node -> new Sample("", node.getKey(), node.getValue()))
                .toList();
    }

    private static Sample sample(String label, String value, long count) {
        return new Sample("", new LabelText().add(label, value).toString(), count);
    }
}
