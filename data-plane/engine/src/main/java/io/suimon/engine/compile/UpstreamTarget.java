package io.suimon.engine.compile;

import io.suimon.engine.balance.Candidates;
import io.suimon.engine.resource.Timeouts;
import io.suimon.engine.resource.Upstream;

/**
 * Where a route's requests go, ready to be used.
 *
 * <p>The same object for as long as the upstream does not change, whatever else does: what a node knows about its endpoints
 * (connections, health, whose turn it is) hangs on it.
 *
 * @param upstream as configured
 * @param candidates its endpoints, for balancers
 */
public record UpstreamTarget(Upstream upstream, Candidates candidates) {

    public UpstreamTarget(Upstream upstream) {
        this(upstream, new Candidates(upstream.balancing(), upstream.endpoints()));
    }

    /** Identity, not content: two upstreams that look alike are still two. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    /** Its timeouts, or the default ones. */
    public Timeouts timeouts() {
        var own = upstream.timeouts();
        return own == null ? Timeouts.DEFAULT : own;
    }
}
