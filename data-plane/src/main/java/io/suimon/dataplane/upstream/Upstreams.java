package io.suimon.dataplane.upstream;

import io.suimon.engine.compile.UpstreamTarget;
import io.suimon.engine.resource.ResourceKey;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * The upstreams that one event loop has used.
 *
 * <p>One that changed is replaced, and its idle connections are closed; one that nobody uses any more loses its connections by their
 * idle timeout, and is then forgotten.
 */
public final class Upstreams {

    private static final long FORGOTTEN_NANOS = TimeUnit.MINUTES.toNanos(2);

    private final OriginLoop loop;
    private final RandomGenerator random;
    private final IdentityHashMap<UpstreamTarget, LoopUpstream> byTarget = new IdentityHashMap<>();
    private final Map<ResourceKey, LoopUpstream> byKey = new HashMap<>();

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
            byTarget.remove(before.target());
            before.drain();
        }
        byTarget.put(target, met);
        byKey.put(key, met);
        return met;
    }

    /** Forgets what has not been used for a while, and what waited for too long. */
    public void sweep() {
        for (var one : List.copyOf(byTarget.values())) {
            one.expire(loop.timer().now());
        }
        byTarget.values().removeIf(one -> {
            boolean forgotten = one.isForgotten(loop.timer().now(), FORGOTTEN_NANOS);
            if (forgotten) {
                byKey.remove(one.target().upstream().key(), one);
            }
            return forgotten;
        });
    }

    /** Closes every idle connection. */
    public void drain() {
        byTarget.values().forEach(LoopUpstream::drain);
    }
}
