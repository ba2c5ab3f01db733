package io.suimon.dataplane.health;

import io.suimon.dataplane.control.HealthDirectory;
import io.suimon.engine.compile.Runtime;
import io.suimon.engine.compile.UpstreamTarget;
import io.suimon.engine.health.CheckerStatus;
import io.suimon.engine.resource.HealthCheck;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.Upstream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Shows what checkers know, and which there will be. Thread-safe. */
final class HealthStatus implements HealthDirectory {

    private final boolean enabled;
    private final Supplier<Runtime> runtime;
    private final UnaryOperator<UpstreamTarget> endpoints;
    private final Function<ResourceKey, Collection<Watched>> nodes;

    /**
     * Shows it.
     *
     * @param enabled whether anything is checked
     * @param endpoints gives a target those found last, where it names a service
     * @param nodes that are watched of an upstream; none where it has no checker
     */
    HealthStatus(
            boolean enabled,
            Supplier<Runtime> runtime,
            UnaryOperator<UpstreamTarget> endpoints,
            Function<ResourceKey, Collection<Watched>> nodes) {
        this.enabled = enabled;
        this.runtime = runtime;
        this.endpoints = endpoints;
        this.nodes = nodes;
    }

    @Override
    public List<CheckerStatus> all() {
        var all = new ArrayList<CheckerStatus>();
        runtime.get().forEachTarget(target -> {
            var status = status(target);
            if (status != null) {
                all.add(status);
            }
        });
        all.sort(Comparator.comparing(CheckerStatus::name));
        return all;
    }

    @Override
    public @Nullable CheckerStatus of(ResourceKey key) {
        var target = runtime.get().target(key);
        return target == null ? null : status(target);
    }

    @Override
    public boolean exists(ResourceKey key) {
        return runtime.get().contains(key);
    }

    private @Nullable CheckerStatus status(UpstreamTarget configured) {
        var upstream = endpoints.apply(configured).upstream();
        var checks = upstream.healthCheck();
        if (!enabled || checks == null || upstream.endpoints().isEmpty()) {
            return null;
        }
        var active = checks.active();
        return new CheckerStatus(
                upstream.key(),
                active.type(),
                nodes.apply(upstream.key()).stream()
                        .map(node -> node(upstream, active, node))
                        .toList());
    }

    private static CheckerStatus.Node node(Upstream upstream, HealthCheck.Active active, Watched node) {
        var port = active.port();
        boolean rewrites = upstream.passHost() == Upstream.PassHost.REWRITE;
        return new CheckerStatus.Node(
                node.ip(),
                port == null ? node.address().port() : port,
                node.address().host(),
                rewrites ? upstream.upstreamHost() : null,
                node.health().now());
    }
}
