package io.suimon.dataplane;

import io.suimon.dataplane.telemetry.LabelText;
import io.suimon.dataplane.telemetry.MetricFamily.Kind;
import io.suimon.dataplane.telemetry.MetricFamily.Sample;
import io.suimon.dataplane.telemetry.MetricsRegistry;
import io.suimon.dataplane.tls.StapleReport;
import io.suimon.dataplane.tls.StapleReport.Shown;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Tells what is shown beside certificates (OCSP stapling), in metrics. */
record StapleMetrics(Supplier<StapleReport> staples) {

    void register(MetricsRegistry registry) {
        registry.counter(
                "suimon_tls_ocsp_answers_total",
                "Answers of OCSP responders that can be shown to clients",
                () -> staples.get().answers());
        registry.counter(
                "suimon_tls_ocsp_failures_total",
                "Times that an OCSP responder gave no answer that can be shown",
                () -> staples.get().failures());
        registry.gauge(
                "suimon_tls_ocsp_missing",
                "Certificates in use that name a responder, beside which nothing is shown now",
                () -> staples.get().missing());
        registry.add(
                "suimon_tls_ocsp_age_seconds",
                Kind.GAUGE,
                "How long ago what is shown beside a certificate was got",
                () -> samples(shown -> shown.ageSeconds() >= 0, Shown::ageSeconds));
        registry.add(
                "suimon_tls_ocsp_consecutive_failures",
                Kind.GAUGE,
                "Times in a row that there was no answer about a certificate",
                () -> samples(shown -> true, Shown::failures));
    }

    private List<Sample> samples(Predicate<Shown> known, ToDoubleFunction<Shown> value) {
        return staples.get().worst().stream()
                .filter(known)
                .map(shown -> new Sample("", labels(shown), value.applyAsDouble(shown)))
                .toList();
    }

    private static String labels(Shown shown) {
        return new LabelText()
                .add("subject", shown.subject())
                .add("serial", shown.serial())
                .toString();
    }
}
