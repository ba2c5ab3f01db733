package io.suimon.dataplane.telemetry;

import io.suimon.engine.plugin.TrafficMetrics;
import java.util.Set;

/** Which labels of a metric keep no value. */
record LabelMask(
        boolean route,
        boolean matchedUri,
        boolean matchedHost,
        boolean service,
        boolean consumer,
        boolean node,
        boolean requestType,
        boolean source) {

    /** What only the status is told by, and other metrics never are. */
    private static final boolean HIDDEN = true;

    /** The masks of the metrics that are kept. */
    record PerMetric(LabelMask status, LabelMask latency, LabelMask bandwidth) {

        /** Hides nothing that the metric has. */
        static final PerMetric NOTHING = of(TrafficMetrics.Labels.DEFAULT);

        static PerMetric of(TrafficMetrics.Labels labels) {
            return new PerMetric(
                    ofStatus(labels.disabledOn("http_status")),
                    ofFlow(labels.disabledOn("http_latency")),
                    ofFlow(labels.disabledOn("bandwidth")));
        }
    }

    private static LabelMask ofStatus(Set<String> hidden) {
        return new LabelMask(
                hidden.contains("route"),
                hidden.contains("matched_uri"),
                hidden.contains("matched_host"),
                hidden.contains("service"),
                hidden.contains("consumer"),
                hidden.contains("node"),
                hidden.contains("request_type"),
                hidden.contains("response_source"));
    }

    private static LabelMask ofFlow(Set<String> hidden) {
        return new LabelMask(
                hidden.contains("route"),
                HIDDEN,
                HIDDEN,
                hidden.contains("service"),
                hidden.contains("consumer"),
                hidden.contains("node"),
                hidden.contains("request_type"),
                HIDDEN);
    }
}
