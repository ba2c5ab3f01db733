package io.suimon.dataplane.upstream;

import io.suimon.engine.resource.Upstream;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pools of an upstream that may have changed: those of endpoints that stay are taken on, with their connections and whoever waits
 * for one.
 *
 * @param pools by the place of their endpoint; an endpoint that is listed twice has one
 * @param left those of endpoints that are gone, or are spoken to in another way now
 */
record HandOver(EndpointPool[] pools, List<EndpointPool> left) {

    /** @param before the pools so far; null for none */
    static HandOver of(OriginLoop loop, Upstream upstream, EndpointPool @Nullable [] before) {
        var known = new HashMap<EndpointPool.Purpose, EndpointPool>();
        if (before != null) {
            for (var pool : before) {
                known.put(pool.purpose(), pool);
            }
        }
        var now = new HashMap<EndpointPool.Purpose, EndpointPool>();
        var pools = new EndpointPool[upstream.endpoints().size()];
        for (int i = 0; i < pools.length; i++) {
            var purpose = EndpointPool.Purpose.of(
                    upstream, upstream.endpoints().get(i), loop.limits().keepalive());
            pools[i] = now.computeIfAbsent(purpose, wanted -> {
                var pool = known.remove(wanted);
                return pool == null ? new EndpointPool(loop, wanted) : pool;
            });
        }
        return new HandOver(pools, List.copyOf(known.values()));
    }
}
