package io.suimon.engine.health;

import io.suimon.engine.resource.HealthCheck;
import io.suimon.engine.resource.ResourceKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a checker knows, for people.
 *
 * @param key of the upstream, or of the route or service it is written in
 * @param nodes none until the first request to the upstream
 */
public record CheckerStatus(ResourceKey key, HealthCheck.Type type, List<Node> nodes) {

    /**
     * One node.
     *
     * @param ip an address, or the node's name while that was not looked up
     * @param port where it is probed
     * @param hostname the node's host as configured
     * @param hostHeader what probes are told to say; null where that is not rewritten
     */
    public record Node(
            String ip, int port, String hostname, @Nullable String hostHeader, Health health) {}

    public CheckerStatus {
        nodes = List.copyOf(nodes);
    }

    /** As APISIX calls it, which is its key in etcd: {@code /apisix/upstreams/1}. */
    public String name() {
        return "/apisix/" + key.path();
    }
}
