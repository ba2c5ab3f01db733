package io.suimon.dataplane.discovery.kubernetes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.dataplane.discovery.kubernetes.ClusterFollower.Times;
import io.suimon.dataplane.sync.BackOff;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * A cluster with what is known of it.
 *
 * @param services who asks for some of it
 */
record FollowedCluster(Cluster cluster, EndpointTable table, FollowedServices services, ClusterFollower follower)
        implements AutoCloseable {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

    static FollowedCluster of(Cluster cluster, KubernetesConfig config, RandomGenerator random) {
        var table = new EndpointTable();
        var services = new FollowedServices(table, cluster.weight());
        var first = config.maxPause().compareTo(FIRST_PAUSE) < 0 ? config.maxPause() : FIRST_PAUSE;
        var follower = new ClusterFollower(
                cluster,
                new Times(config.timeout(), config.watchTime()),
                table,
                services,
                new BackOff(first, config.maxPause(), random));
        return new FollowedCluster(cluster, table, services, follower);
    }

    /** Begins; once. */
    void start() {
        follower.start();
    }

    String id() {
        return cluster.id();
    }

    /** Puts what is known into an object of the dump. */
    void endpoints(ObjectNode json) {
        json.put("id", id());
        var list = json.putArray("endpoints");
        table.forEach((service, groups) -> {
            var one = list.addObject();
            one.put("name", service);
            var byPort = one.putObject("value");
            for (var group : groups) {
                for (var port : group.ports()) {
                    var name = port.name().isEmpty() ? Integer.toString(port.number()) : port.name();
                    var nodes = byPort.get(name) instanceof ArrayNode there ? there : byPort.putArray(name);
                    group.hosts()
                            .forEach(host -> nodes.addObject()
                                    .put("host", host)
                                    .put("port", port.number())
                                    .put("weight", cluster.weight()));
                }
            }
        });
    }

    /** Puts where that comes from into an object of the dump, without the token. */
    void settings(ObjectNode json) {
        json.put("id", id());
        json.put("service", cluster.server());
        json.put("ssl_verify", cluster.trust().verified());
        json.put("watch", cluster.paths().url());
        json.put("default_weight", cluster.weight());
        json.put("watch_endpoint_slices", cluster.slices());
    }

    @Override
    public void close() {
        follower.close();
        services.close();
    }
}
