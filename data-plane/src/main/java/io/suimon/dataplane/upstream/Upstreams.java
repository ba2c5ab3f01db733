package io.suimon.dataplane.upstream;

import io.suimon.engine.compile.UpstreamTarget;
import io.suimon.engine.resource.ResourceKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * The upstreams that one event loop has used.
 *
 * <p>One that changed hands what it has on to what it changed into. What that has no use for, connections to endpoints that are gone,
 * is closed when nobody uses it; who asked for the upstream as it was a moment ago still finds it. One that nobody uses any more loses
 * its connections by their idle timeout, and is then forgotten.
 */
public final class Upstreams {

    private static final long FORGOTTEN_NANOS = TimeUnit.MINUTES.toNanos(2);
    private static final long SUPERSEDED_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final OriginLoop loop;
    private final RandomGenerator random;
    private final IdentityHashMap<UpstreamTarget, LoopUpstream> byTarget = new IdentityHashMap<>();
    private final Map<ResourceKey, LoopUpstream> byKey = new HashMap<>();
    private final Map<ResourceKey, Superseded> superseded = new HashMap<>();
    private final List<EndpointPool> leaving = new ArrayList<>();

    /** An upstream as it was; requests that took up the configuration before it changed come for a while. */
    private record Superseded(LoopUpstream upstream, long until) {}

    public Upstreams(OriginLoop loop, RandomGenerator random) {
        this.loop = loop;
        this.random = random;
    }

    /** What this loop knows of a target. */
    public LoopUpstream of(UpstreamTarget target) {
        var known = byTarget.get(target);
        if (known == null) {
            known = meet(target);
        }
        known.used(loop.timer().now());
        return known;
    }

    private LoopUpstream meet(UpstreamTarget target) {
        var key = target.upstream().key();
        var before = byKey.get(key);
        var met = new LoopUpstream(loop, target, random, before);
        if (before != null) {
            supersede(before);
            met.left().forEach(EndpointPool::drain);
            leaving.addAll(met.left());
        }
        byTarget.put(target, met);
        byKey.put(key, met);
        return met;
    }

    private void supersede(LoopUpstream before) {
        var now = new Superseded(before, loop.timer().deadline(SUPERSEDED_NANOS));
        var older = superseded.put(before.target().upstream().key(), now);
        if (older != null) {
            byTarget.remove(older.upstream().target());
        }
    }

    /** Forgets what has not been used for a while, and what waited for too long. */
    public void sweep() {
        long now = loop.timer().now();
        for (var one : List.copyOf(byTarget.values())) {
            one.expire(now);
        }
        for (var pool : List.copyOf(leaving)) {
            pool.expire(now);
        }
        leaving.removeIf(EndpointPool::isEmpty);
        superseded.values().removeIf(one -> {
            boolean over = now - one.until() >= 0;
            if (over) {
                byTarget.remove(one.upstream().target());
            }
            return over;
        });
        byTarget.values().removeIf(one -> {
            boolean forgotten = one.isForgotten(now, FORGOTTEN_NANOS);
            if (forgotten) {
                byKey.remove(one.target().upstream().key(), one);
            }
            return forgotten;
        });
    }

    /** Closes every idle connection. */
    public void drain() {
        byTarget.values().forEach(LoopUpstream::drain);
        leaving.forEach(EndpointPool::drain);
    }
}
