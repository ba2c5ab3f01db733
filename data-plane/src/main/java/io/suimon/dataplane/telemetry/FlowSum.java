package io.suimon.dataplane.telemetry;

import io.suimon.dataplane.telemetry.MetricFamily.Sample;
import java.util.List;

/** What all event loops counted of one flow. Made for one scrape; one thread. */
final class FlowSum {

    private final Histogram.Sum request = new Histogram.Sum();
    private final Histogram.Sum upstream = new Histogram.Sum();
    private final Histogram.Sum gateway = new Histogram.Sum();
    private long ingress;
    private long egress;

    void add(LoopTraffic.Flow flow) {
        request.add(flow.request);
        upstream.add(flow.upstream);
        gateway.add(flow.gateway);
        ingress += flow.ingress.get();
        egress += flow.egress.get();
    }

    long ingress() {
        return ingress;
    }

    long egress() {
        return egress;
    }

    /** Adds one direction, unless nothing was counted in either. */
    void bandwidth(List<Sample> samples, String type, long bytes, String flowLabels) {
        if (ingress > 0 || egress > 0) {
            samples.add(new Sample("", "type=\"" + type + "\"," + flowLabels, bytes));
        }
    }

    /**
     * Adds what one histogram tells. Bounds nothing lay below are left out, as APISIX has it.
     *
     * @param type {@code request}, {@code upstream} or {@code apisix}
     */
    void latency(List<Sample> buckets, List<Sample> counts, List<Sample> sums, String type, String flowLabels) {
        var histogram = switch (type) {
            case "request" -> request;
            case "upstream" -> upstream;
            default -> gateway;
        };
        var labels = "type=\"" + type + "\"," + flowLabels;
        long total = histogram.upTo(Histogram.Sum.buckets() - 1);
        if (total == 0) {
            return;
        }
        for (int i = 0; i < Histogram.Sum.buckets(); i++) {
            if (histogram.upTo(i) > 0) {
                buckets.add(
                        new Sample("_bucket", labels + ",le=\"" + Histogram.Sum.bound(i) + "\"", histogram.upTo(i)));
            }
        }
        counts.add(new Sample("_count", labels, total));
        sums.add(new Sample("_sum", labels, histogram.millis()));
    }
}
