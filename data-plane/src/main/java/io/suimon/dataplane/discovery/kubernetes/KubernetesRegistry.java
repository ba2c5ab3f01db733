package io.suimon.dataplane.discovery.kubernetes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.suimon.dataplane.discovery.Registry;
import io.suimon.dataplane.discovery.ServiceSink;
import io.suimon.engine.resource.Upstream.Discovery;
import io.suimon.process.InvalidSettingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Clusters as a registry of services. Thread-safe; each cluster is followed as a whole, whoever asks, on threads of its own. */
public final class KubernetesRegistry implements Registry {

    private static final Logger LOG = LoggerFactory.getLogger(KubernetesRegistry.class);
    private static final String SETTINGS = "suimon.discovery.kubernetes.";
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Watch NOTHING = () -> {};

    private final List<FollowedCluster> clusters;

    private KubernetesRegistry(List<FollowedCluster> clusters) {
        this.clusters = clusters;
    }

    /**
     * The registry of these settings; empty where there is to be none.
     *
     * @param environment of the process
     * @throws InvalidSettingException naming a setting that is none
     */
    public static Optional<Registry> open(
            KubernetesConfig config, Map<String, String> environment, RandomGenerator random) {
        if (!config.enabled()) {
            return Optional.empty();
        }
        time("timeout", config.timeout());
        time("watch-time", config.watchTime());
        time("max-pause", config.maxPause());
        var clusters = clusters(config, environment);
        clusters.stream()
                .filter(cluster -> !cluster.trust().verified())
                .forEach(cluster -> LOG.warn("{}: its certificate is not verified", cluster.name()));
        var registry = new KubernetesRegistry(clusters.stream()
                .map(cluster -> FollowedCluster.of(cluster, config, random))
                .toList());
        registry.clusters.forEach(FollowedCluster::start);
        return Optional.of(registry);
    }

    private static List<Cluster> clusters(KubernetesConfig config, Map<String, String> environment) {
        if (config.clusters().isEmpty()) {
            return List.of(Cluster.of(SETTINGS + "cluster", config.cluster(), environment));
        }
        var clusters = new ArrayList<Cluster>();
        var ids = new HashSet<String>();
        for (var one : config.clusters()) {
            var setting = SETTINGS + "clusters[" + clusters.size() + "]";
            var cluster = Cluster.of(setting, one, environment);
            if (!ids.add(cluster.id())) {
                throw new InvalidSettingException(setting + ".id", cluster.id(), "one that no other cluster has");
            }
            clusters.add(cluster);
        }
        return clusters;
    }

    private static void time(String setting, Duration value) {
        if (value.toMillis() < 1 || value.compareTo(LONGEST) > 0) {
            throw new InvalidSettingException(SETTINGS + setting, value, "PT0.001S.." + LONGEST);
        }
    }

    @Override
    public String type() {
        return "kubernetes";
    }

    @Override
    public Watch watch(Discovery service, ServiceSink sink) {
        var name = ServiceName.parse(service.serviceName());
        if (name.isEmpty()) {
            return refused(
                    sink, "service_name: %s (expected: %s)".formatted(service.serviceName(), ServiceName.EXPECTED));
        }
        for (var cluster : clusters) {
            if (cluster.id().equals(name.get().cluster())) {
                return cluster.services().follow(name.get(), sink);
            }
        }
        return refused(
                sink,
                "service_name: %s: cluster \"%s\" (expected: one of %s)"
                        .formatted(
                                service.serviceName(),
                                name.get().cluster(),
                                clusters.stream()
                                        .map(cluster -> '"' + cluster.id() + '"')
                                        .toList()));
    }

    private static Watch refused(ServiceSink sink, String reason) {
        Thread.ofVirtual().name("kubernetes-refusal").start(() -> sink.failed(reason));
        return NOTHING;
    }

    @Override
    public Optional<String> dump() {
        var document = JsonNodeFactory.instance.objectNode();
        var endpoints = document.putArray("endpoints");
        var config = document.putArray("config");
        clusters.forEach(cluster -> {
            cluster.endpoints(endpoints.addObject());
            cluster.settings(config.addObject());
        });
        return Optional.of(document.toString());
    }

    @Override
    public void close() {
        clusters.forEach(FollowedCluster::close);
    }
}
