package io.suimon.dataplane.health;

import io.suimon.engine.compile.UpstreamTarget;
import io.suimon.engine.health.EndpointHealth;
import io.suimon.engine.health.UpstreamHealth;
import io.suimon.engine.resource.Endpoint;
import io.suimon.engine.resource.HealthCheck;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.Upstream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Watches the nodes of one upstream. What it knows of a node stays while that node does, whatever else changes. */
final class Checker {

    private final ResourceKey key;
    private final HealthCheck checks;
    private final HealthChanges changes;
    private Map<Watched.Address, Watched> nodes = Map.of();
    private volatile List<Watched> listed = List.of();
    private @Nullable UpstreamTarget target;
    private @Nullable UpstreamHealth health;

    Checker(ResourceKey key, HealthCheck checks, HealthChanges changes) {
        this.key = key;
        this.checks = checks;
        this.changes = changes;
    }

    /** What is checked, and how. */
    HealthCheck checks() {
        return checks;
    }

    /** Whose nodes are watched; null before there were any. */
    @Nullable
    UpstreamTarget target() {
        return target;
    }

    /** All nodes, for any thread. */
    List<Watched> nodes() {
        return listed;
    }

    /** Watches the nodes of this target from now on. */
    void moveTo(UpstreamTarget to, UpstreamHealth seenBy) {
        var next = new LinkedHashMap<Watched.Address, Watched>();
        for (var endpoint : to.upstream().endpoints()) {
            var address = address(to.upstream(), endpoint);
            var known = nodes.get(address);
            next.put(address, known == null ? new Watched(address) : known);
        }
        nodes = next;
        listed = List.copyOf(next.values());
        target = to;
        health = seenBy;
        show(to, seenBy);
    }

    /** Has a target go by what is known of its nodes. */
    void show(UpstreamTarget of, UpstreamHealth to) {
        var upstream = of.upstream();
        to.watch(upstream.endpoints().stream()
                .map(endpoint -> nodes.get(address(upstream, endpoint)))
                .map(node -> node == null ? new EndpointHealth() : node.health())
                .toArray(EndpointHealth[]::new));
    }

    /** A node is used now and was not before, or the other way round. */
    void changed(EndpointHealth of) {
        if (health != null) {
            health.refresh();
        }
        for (var node : listed) {
            if (node.health() == of) {
                changes.changed(key, node);
                return;
            }
        }
    }

    private static Watched.Address address(Upstream upstream, Endpoint endpoint) {
        int port = endpoint.port() == 0 ? upstream.scheme().defaultPort() : endpoint.port();
        return new Watched.Address(endpoint.host(), port);
    }
}
