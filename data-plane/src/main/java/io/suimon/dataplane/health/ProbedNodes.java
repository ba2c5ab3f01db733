package io.suimon.dataplane.health;

import io.suimon.dataplane.upstream.NameResolver;
import io.suimon.engine.compile.UpstreamTarget;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The nodes of one upstream as they are probed. */
final class ProbedNodes {

    private final ProbePlan plan;
    private final Probing probing;
    private final ProbeLane lane;
    private final Consumer<Watched> changed;
    private final Map<Watched.Address, ProbedNode> byAddress = new HashMap<>();

    /** @param changed told when a node is used now and was not before, or the other way round */
    ProbedNodes(ProbePlan plan, Probing probing, Consumer<Watched> changed) {
        this.plan = plan;
        this.probing = probing;
        this.lane = new ProbeLane(plan.concurrency());
        this.changed = changed;
    }

    /** Probes these nodes, and no others. */
    void moveTo(UpstreamTarget target, Map<Watched.Address, Watched> nodes) {
        byAddress.entrySet().removeIf(known -> {
            boolean gone = !nodes.containsKey(known.getKey());
            if (gone) {
                leave(known.getValue());
            }
            return gone;
        });
        var requests = new HashMap<String, byte[]>();
        nodes.forEach((address, watched) -> {
            boolean named = NameResolver.literal(address.host()) == null;
            var host = ProbeRequest.host(target.upstream(), plan.active(), address.host(), named);
            var request = requests.computeIfAbsent(
                    host, one -> ProbeRequest.bytes(plan.active(), one, probing.probesPerConnection() > 1));
            byAddress
                    .computeIfAbsent(address, added -> join(target, watched))
                    .says(target, request, ProbeRequest.serverName(host));
        });
    }

    private ProbedNode join(UpstreamTarget target, Watched watched) {
        var node = new ProbedNode(watched, plan, lane, probing.prober(), target, changed);
        probing.schedule().add(node);
        return node;
    }

    private void leave(ProbedNode node) {
        probing.schedule().remove(node);
        node.leave();
    }

    /** Probes no more. */
    void close() {
        byAddress.values().forEach(this::leave);
        byAddress.clear();
    }
}
