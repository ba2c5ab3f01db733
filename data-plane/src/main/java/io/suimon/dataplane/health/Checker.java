package io.suimon.dataplane.health;

import io.suimon.engine.compile.UpstreamTarget;
import io.suimon.engine.health.EndpointHealth;
import io.suimon.engine.health.UpstreamHealth;
import io.suimon.engine.resource.Endpoint;
import io.suimon.engine.resource.HealthCheck;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.Upstream;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Watches the nodes of one upstream. What it knows of a node stays while that node does, whatever else changes. */
final class Checker {

    private final ResourceKey key;
    private final HealthCheck checks;
    private final HealthChanges changes;
    private final @Nullable ProbedNodes probed;
    private volatile Map<Watched.Address, Watched> nodes = Map.of(); // never changed, only replaced
    private @Nullable UpstreamTarget target;
    private @Nullable UpstreamHealth health;

    Checker(ResourceKey key, HealthCheck checks, HealthChanges changes, Probing probing) {
        this.key = key;
        this.checks = checks;
        this.changes = changes;
        var plan = ProbePlan.of(checks.active());
        this.probed = plan.probes() ? new ProbedNodes(plan, probing, this::changed) : null;
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
    Collection<Watched> nodes() {
        return nodes.values();
    }

    /** Watches the nodes of this target from now on. */
    void moveTo(UpstreamTarget to, UpstreamHealth seenBy) {
        var next = new LinkedHashMap<Watched.Address, Watched>();
        for (var endpoint : to.upstream().endpoints()) {
            var address = address(to.upstream(), endpoint);
            var known = nodes.get(address);
            next.put(address, known == null ? new Watched(address) : known);
        }
        nodes = Collections.unmodifiableMap(next);
        target = to;
        health = seenBy;
        show(to, seenBy);
        if (probed != null) {
            probed.moveTo(to, next);
        }
    }

    /** Watches no more. */
    void close() {
        if (probed != null) {
            probed.close();
        }
    }

    /** Has a target go by what is known of its nodes; called by any thread. */
    void show(UpstreamTarget of, UpstreamHealth to) {
        var upstream = of.upstream();
        var known = nodes;
        to.watch(upstream.endpoints().stream()
                .map(endpoint -> known.get(address(upstream, endpoint)))
                .map(node -> node == null ? new EndpointHealth() : node.health())
                .toArray(EndpointHealth[]::new));
    }

    /** A node is used now and was not before, or the other way round. */
    void changed(EndpointHealth of) {
        for (var node : nodes.values()) {
            if (node.health().equals(of)) {
                changed(node);
                return;
            }
        }
    }

    private void changed(Watched node) {
        if (health != null) {
            health.refresh();
        }
        changes.changed(key, node);
    }

    private static Watched.Address address(Upstream upstream, Endpoint endpoint) {
        int port = endpoint.port() == 0 ? upstream.scheme().defaultPort() : endpoint.port();
        return new Watched.Address(endpoint.host(), port);
    }
}
