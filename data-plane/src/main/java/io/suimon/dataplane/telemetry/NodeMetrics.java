package io.suimon.dataplane.telemetry;

import io.suimon.dataplane.telemetry.MetricFamily.Kind;
import io.suimon.dataplane.telemetry.MetricFamily.Sample;
import io.suimon.engine.resource.ResourceKind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The metrics of the process.
 *
 * <p>A node has no etcd. {@code etcd_reachable} says whether the control plane's stream is open, and {@code etcd_modify_indexes} are
 * the revisions of the resources the node has; {@code prev_index} and {@code x_etcd_index} are the revision it runs.
 */
public final class NodeMetrics {

    private static final Map<String, ResourceKind> INDEXED = Map.of(
            "routes", ResourceKind.ROUTE,
            "services", ResourceKind.SERVICE,
            "ssls", ResourceKind.SSL,
            "consumers", ResourceKind.CONSUMER,
            "global_rules", ResourceKind.GLOBAL_RULE,
            "upstreams", ResourceKind.UPSTREAM,
            "stream_routes", ResourceKind.STREAM_ROUTE,
            "protos", ResourceKind.PROTO);

    private final NodeFacts facts;
    private final InstantSource clock;

    public NodeMetrics(NodeFacts facts, InstantSource clock) {
        this.facts = facts;
        this.clock = clock;
    }

    /**
     * Has them told.
     *
     * @param version as the node calls itself: {@code 3.18.0}
     */
    public void register(MetricsRegistry registry, String hostname, String version) {
        var identity = new LabelText()
                .add("hostname", hostname)
                .add("version", version)
                .toString();
        registry.add("apisix_node_info", Kind.GAUGE, "Info of APISIX node", () -> List.of(new Sample("", identity, 1)));
        registry.add(
                "apisix_nginx_http_current_connections",
                Kind.GAUGE,
                "Number of HTTP connections",
                () -> connections(facts.traffic()));
        registry.gauge(
                "apisix_http_requests_total",
                "The total number of client requests since APISIX started",
                () -> facts.traffic().requests());
        registry.gauge(
                "apisix_etcd_reachable",
                "Config server etcd reachable from APISIX, 0 is unreachable",
                () -> facts.configuration().connected() ? 1 : 0);
        registry.add(
                "apisix_etcd_modify_indexes",
                Kind.GAUGE,
                "Etcd modify index for APISIX keys",
                () -> indexes(facts.configuration()));
        registerConfiguration(registry);
    }

    private void registerConfiguration(MetricsRegistry registry) {
        registry.gauge(
                "suimon_configuration_revision",
                "The revision of the configuration this node runs, 0 for none",
                () -> facts.configuration().revision());
        registry.gauge(
                "suimon_configuration_age_seconds",
                "Seconds since this node began to run its configuration, 0 while it has none",
                () -> age(facts.configuration()));
        registry.gauge(
                "suimon_configuration_rejected_resources",
                "Resources this node runs in an older form, or not at all, because their newest cannot be compiled",
                () -> facts.configuration().rejected());
        registry.gauge(
                "suimon_control_plane_connected",
                "Whether the stream of a control plane is open",
                () -> facts.configuration().connected() ? 1 : 0);
    }

    private static List<Sample> connections(NodeFacts.Traffic traffic) {
        return List.of(
                state("accepted", traffic.accepted()),
                state("active", traffic.active()),
                state("handled", traffic.accepted()),
                state("reading", 0),
                state("waiting", Math.max(0, traffic.active() - traffic.running())),
                state("writing", traffic.running()));
    }

    private static Sample state(String state, long connections) {
        return new Sample("", new LabelText().add("state", state).toString(), connections);
    }

    private static List<Sample> indexes(NodeFacts.Configuration configuration) {
        var newest = configuration.newest();
        var indexes = new TreeMap<String, Long>();
        INDEXED.forEach((key, kind) -> indexes.put(key, newest.getOrDefault(kind, 0L)));
        indexes.put("max_modify_index", newest.isEmpty() ? 0L : Collections.max(newest.values()));
        indexes.put("prev_index", configuration.revision());
        indexes.put("x_etcd_index", configuration.revision());
        return indexes.entrySet().stream()
                .map(index -> new Sample(
                        "", new LabelText().add("key", index.getKey()).toString(), index.getValue()))
                .toList();
    }

    private double age(NodeFacts.Configuration configuration) {
        return configuration.revision() == 0
                ? 0
                : Duration.between(configuration.appliedAt(), clock.instant()).toMillis() / 1e3;
    }
}
