package io.suimon.dataplane.telemetry;

import io.suimon.engine.http.Exchange;
import io.suimon.engine.http.RouteFacts;
import io.suimon.engine.plugin.TrafficMetrics;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What one event loop counts: written on it, read from any thread. */
final class LoopTraffic {

    /** What is counted of exchanges that differ in nothing but their status. */
    static final class Flow {
        final Histogram request = new Histogram();
        final Histogram upstream = new Histogram();
        final Histogram gateway = new Histogram();
        final Count ingress = new Count();
        final Count egress = new Count();
    }

    private static final int MAX_MASKS = 1000;

    private final int maxSeries;
    private final SeriesKey probe = new SeriesKey();
    private final Map<SeriesKey, Count> statuses = new ConcurrentHashMap<>();
    private final Map<SeriesKey, Flow> flows = new ConcurrentHashMap<>();
    private final IdentityHashMap<TrafficMetrics.Labels, LabelMask.PerMetric> masks = new IdentityHashMap<>();
    private final Count overflow = new Count();

    LoopTraffic(int maxSeries) {
        this.maxSeries = maxSeries;
    }

    void record(Exchange exchange, TrafficMetrics.Labels labels) {
        var masks = masks(labels);
        fill(exchange, labels.preferName(), masks.status());
        probe.code = exchange.response().status();
        find(statuses, Count::new).add(1);
        probe.code = 0;
        fill(exchange, labels.preferName(), masks.latency());
        var flow = find(flows, Flow::new);
        recordLatency(exchange, flow);
        if (!masks.bandwidth().equals(masks.latency())) {
            fill(exchange, labels.preferName(), masks.bandwidth());
            flow = find(flows, Flow::new);
        }
        flow.ingress.add(exchange.timing().requestBytes);
        flow.egress.add(exchange.timing().responseBytes);
    }

    private LabelMask.PerMetric masks(TrafficMetrics.Labels labels) {
        if (labels.disabled().isEmpty()) {
            return LabelMask.PerMetric.NOTHING;
        }
        if (masks.size() > MAX_MASKS) {
            masks.clear();
        }
        return masks.computeIfAbsent(labels, LabelMask.PerMetric::of);
    }

    private void fill(Exchange exchange, boolean preferName, LabelMask hidden) {
        var route = exchange.route();
        var consumer = exchange.consumer();
        var attempts = exchange.attempts();
        probe.source = hidden.source() ? null : exchange.response().source();
        probe.requestType = hidden.requestType() ? "" : "traditional_http";
        probe.matchedUri = hidden.matchedUri() ? "" : orEmpty(exchange.matchedUri());
        probe.matchedHost = hidden.matchedHost() ? "" : orEmpty(exchange.matchedHost());
        probe.consumer = hidden.consumer() || consumer == null ? "" : consumer.username();
        probe.node = hidden.node() || attempts.isEmpty()
                ? null
                : attempts.getLast().address.getAddress();
        probe.route = hidden.route() || route == null ? "" : routeLabel(route, preferName);
        probe.service = hidden.service() || route == null ? "" : serviceLabel(route, preferName);
    }

    private static String routeLabel(RouteFacts route, boolean preferName) {
        return preferName && route.routeName() != null ? route.routeName() : route.routeId();
    }

    private static String serviceLabel(RouteFacts route, boolean preferName) {
        return orEmpty(preferName && route.serviceName() != null ? route.serviceName() : route.serviceId());
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private <V> V find(Map<SeriesKey, V> series, Supplier<V> fresh) {
        var found = series.get(probe);
        if (found != null) {
            return found;
        }
        if (series.size() < maxSeries) {
            return series.computeIfAbsent(probe.copy(), key -> fresh.get());
        }
        overflow.add(1);
        return series.computeIfAbsent(probe.other(), key -> fresh.get());
    }

    private static void recordLatency(Exchange exchange, Flow flow) {
        var timing = exchange.timing();
        long request = Math.max(0, timing.endNanos - timing.startNanos);
        long upstream = 0;
        for (var attempt : exchange.attempts()) {
            upstream += Math.max(0, attempt.totalNanos);
        }
        flow.request.observe(request);
        if (!exchange.attempts().isEmpty()) {
            flow.upstream.observe(upstream);
        }
        flow.gateway.observe(Math.max(0, request - upstream));
    }

    Map<SeriesKey, Count> statuses() {
        return statuses;
    }

    Map<SeriesKey, Flow> flows() {
        return flows;
    }

    long overflow() {
        return overflow.get();
    }
}
