package io.suimon.dataplane.telemetry;

import io.netty.util.concurrent.FastThreadLocal;
import io.suimon.dataplane.telemetry.MetricFamily.Kind;
import io.suimon.dataplane.telemetry.MetricFamily.Sample;
import io.suimon.engine.http.Exchange;
import io.suimon.engine.http.ResponseHead;
import io.suimon.engine.plugin.TrafficMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Counts exchanges. Each event loop counts for itself, without locks and without allocating once a series is known; a scrape adds
 * them up.
 */
public final class TrafficRecorder implements TrafficMetrics {

    private static final String STATUS = "apisix_http_status";
    private static final String LATENCY = "apisix_http_latency";
    private static final String BANDWIDTH = "apisix_bandwidth";

    private final List<LoopTraffic> loops = new CopyOnWriteArrayList<>();
    private final FastThreadLocal<LoopTraffic> loop;

    /** @param maxSeries see {@link MetricsConfig#maxSeries()} */
    public TrafficRecorder(int maxSeries) {
        loop = new FastThreadLocal<>() {
            @Override
            protected LoopTraffic initialValue() {
                var traffic = new LoopTraffic(maxSeries);
                loops.add(traffic);
                return traffic;
            }
        };
    }

    /** Has what is counted told. */
    public void register(MetricsRegistry registry) {
        registry.addAll(this::families);
        registry.counter(
                "suimon_metrics_overflow_total",
                "Times an exchange was counted under the route other because there were too many series",
                () -> loops.stream().mapToLong(LoopTraffic::overflow).sum());
    }

    @Override
    public void record(Exchange exchange, Labels labels) {
        loop.get().record(exchange, labels);
    }

    private List<MetricFamily> families() {
        var flows = new TreeMap<String, FlowSum>();
        for (var traffic : loops) {
            traffic.flows()
                    .forEach((key, flow) -> flows.computeIfAbsent(flowLabels(key), labels -> new FlowSum())
                            .add(flow));
        }
        return List.of(
                new MetricFamily(STATUS, Kind.COUNTER, "HTTP status codes per service in APISIX", statuses()),
                new MetricFamily(
                        LATENCY,
                        Kind.HISTOGRAM,
                        "HTTP request latency in milliseconds per service in APISIX",
                        latencies(flows)),
                new MetricFamily(
                        BANDWIDTH,
                        Kind.COUNTER,
                        "Total bandwidth in bytes consumed per service in APISIX",
                        bandwidths(flows)));
    }

    private List<Sample> statuses() {
        var sums = new TreeMap<String, Long>();
        for (var traffic : loops) {
            traffic.statuses().forEach((key, count) -> sums.merge(statusLabels(key), count.get(), Long::sum));
        }
        return sums.entrySet().stream()
                .map(sum -> new Sample("", sum.getKey(), sum.getValue()))
                .toList();
    }

    private static List<Sample> latencies(Map<String, FlowSum> flows) {
        var buckets = new ArrayList<Sample>();
        var counts = new ArrayList<Sample>();
        var sums = new ArrayList<Sample>();
        flows.forEach((labels, flow) -> flow.latency(buckets, counts, sums, "apisix", labels));
        flows.forEach((labels, flow) -> flow.latency(buckets, counts, sums, "request", labels));
        flows.forEach((labels, flow) -> flow.latency(buckets, counts, sums, "upstream", labels));
        buckets.addAll(counts);
        buckets.addAll(sums);
        return buckets;
    }

    private static List<Sample> bandwidths(Map<String, FlowSum> flows) {
        var samples = new ArrayList<Sample>();
        flows.forEach((labels, flow) -> flow.bandwidth(samples, "egress", flow.egress(), labels));
        flows.forEach((labels, flow) -> flow.bandwidth(samples, "ingress", flow.ingress(), labels));
        return samples;
    }

    private static String statusLabels(SeriesKey key) {
        var labels = new LabelText()
                .add("code", Integer.toString(key.code))
                .add("route", key.route)
                .add("matched_uri", key.matchedUri)
                .add("matched_host", withoutPort(key.matchedHost))
                .add("service", key.service)
                .add("consumer", key.consumer)
                .add("node", key.nodeText());
        return addRequestType(labels, key)
                .add("response_source", word(key.source))
                .toString();
    }

    private static String flowLabels(SeriesKey key) {
        var labels = new LabelText()
                .add("route", key.route)
                .add("service", key.service)
                .add("consumer", key.consumer)
                .add("node", key.nodeText());
        return addRequestType(labels, key).toString();
    }

    private static LabelText addRequestType(LabelText labels, SeriesKey key) {
        return labels.add("request_type", key.requestType)
                .add("request_llm_model", "")
                .add("llm_model", "");
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    }

    private static String word(ResponseHead.@Nullable Source source) {
        return switch (source) {
            case null -> "";
            case GATEWAY -> "apisix";
            case PROXY_ERROR -> "nginx";
            case UPSTREAM -> "upstream";
        };
    }
}
