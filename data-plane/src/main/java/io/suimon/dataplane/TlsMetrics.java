package io.suimon.dataplane;

import io.suimon.dataplane.telemetry.LabelText;
import io.suimon.dataplane.telemetry.MetricFamily.Kind;
import io.suimon.dataplane.telemetry.MetricFamily.Sample;
import io.suimon.dataplane.telemetry.MetricsRegistry;
import io.suimon.dataplane.tls.HandshakeCounts;
import java.util.List;

/** Tells how TLS handshakes end, in metrics. */
record TlsMetrics(HandshakeCounts clients, HandshakeCounts upstreams) {

    void register(MetricsRegistry registry) {
        registry.add(
                "suimon_tls_handshakes_total",
                Kind.COUNTER,
                "TLS handshakes of clients that succeeded",
                () -> List.of(sample("resumed", "no", clients.full()), sample("resumed", "yes", clients.resumed())));
        registerFailures(
                registry, "suimon_tls_handshake_failures_total", "TLS handshakes of clients that failed", clients);
        registry.counter(
                "suimon_tls_upstream_handshakes_total",
                "TLS handshakes with upstreams that succeeded",
                upstreams::full);
        registerFailures(
                registry,
                "suimon_tls_upstream_handshake_failures_total",
                "TLS handshakes with upstreams that failed",
                upstreams);
    }

    private static void registerFailures(MetricsRegistry registry, String name, String help, HandshakeCounts counts) {
        registry.add(
                name,
                Kind.COUNTER,
                help,
                () -> counts.failures().entrySet().stream()
                        .map(failed -> sample("reason", failed.getKey(), failed.getValue()))
                        .toList());
    }

    private static Sample sample(String label, String value, long count) {
        return new Sample("", new LabelText().add(label, value).toString(), count);
    }
}
