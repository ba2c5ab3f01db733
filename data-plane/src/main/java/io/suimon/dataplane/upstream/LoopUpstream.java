package io.suimon.dataplane.upstream;

import io.suimon.engine.balance.LoadBalancer;
import io.suimon.engine.compile.UpstreamTarget;
import io.suimon.engine.http.Exchange;
import java.util.BitSet;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What one event loop knows of one upstream: its connections, and whose turn it is. */
public final class LoopUpstream {

    private final UpstreamTarget target;
    private final EndpointPool[] pools;
    private final List<EndpointPool> left;
    private final @Nullable LoadBalancer balancer;
    private final @Nullable HealthyPick healthy;
    private final @Nullable RetryBudget budget;
    private long lastUsed;

    LoopUpstream(OriginLoop loop, UpstreamTarget target, RandomGenerator random, @Nullable LoopUpstream before) {
        this.target = target;
        var upstream = target.upstream();
        var handedOver = HandOver.of(loop, upstream, before == null ? null : before.pools);
        pools = handedOver.pools();
        left = handedOver.left();
        balancer = pools.length == 0
                ? null
                : LoadBalancer.of(
                                target.candidates(), random, loop.timer()::now, before == null ? null : before.balancer)
                        .orElse(null);
        var health = balancer == null ? null : loop.health().of(target);
        healthy = balancer == null || health == null ? null : new HealthyPick(health, balancer, pools.length);
        budget = before == null ? budget(loop) : before.budget;
    }

    private static @Nullable RetryBudget budget(OriginLoop loop) {
        var allowance = loop.limits().retries();
        return allowance == null
                ? null
                : new RetryBudget(allowance, loop.timer().now());
    }

    void used(long now) {
        lastUsed = now;
    }

    /** The pools of the upstream as it was before that are of no more use to it. */
    List<EndpointPool> left() {
        return left;
    }

    /** Whether nothing has been here for so long, and nothing is. */
    boolean isForgotten(long now, long nanos) {
        if (now - lastUsed < nanos) {
            return false;
        }
        for (var pool : pools) {
            if (!pool.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    public UpstreamTarget target() {
        return target;
    }

    /** Whether there is anybody to ask. */
    public boolean hasEndpoints() {
        return pools.length > 0;
    }

    /** Whether there is more than one, so that one that was tried is not tried again. */
    public boolean hasChoice() {
        return pools.length > 1;
    }

    /** Whether it is known how to choose among the endpoints. */
    public boolean canPick() {
        return balancer != null;
    }

    /** How often an exchange may be tried in all. */
    public int tries() {
        var retries = target.upstream().retries();
        return 1 + (retries == null ? pools.length - 1 : retries);
    }

    /** A request begins. */
    public void begins(long now) {
        if (budget != null) {
            budget.request(now);
        }
    }

    /** Whether a request that was tried in vain may be sent once more, as far as the others allow it. */
    public boolean mayRetry(long now) {
        return budget == null || budget.allows(now);
    }

    /** It is. */
    public void retries(long now) {
        if (budget != null) {
            budget.retry(now);
        }
    }

    /** The place of the endpoint whose turn it is, {@link #release given back} once; or {@link LoadBalancer#NONE}. */
    public int pick(Exchange exchange, BitSet tried) {
        if (healthy != null) {
            return healthy.pick(exchange, tried);
        }
        return balancer == null ? LoadBalancer.NONE : balancer.pick(exchange, tried);
    }

    /** What was picked answered. */
    public void answered(int endpoint, int status) {
        if (healthy != null) {
            healthy.answered(endpoint, status);
        }
    }

    /**
     * What was picked gave no answer.
     *
     * @param last whether the client is told so, as nobody else is asked
     */
    public void failed(int endpoint, Failure failure, boolean last) {
        if (healthy != null) {
            healthy.failed(endpoint, failure, last);
        }
    }

    /** The try at what was picked is over; it took so long, or {@link LoadBalancer#UNKNOWN}. */
    public void release(int endpoint, long nanos) {
        if (balancer != null) {
            balancer.release(endpoint, nanos);
        }
    }

    /** The connections to the endpoint at this place. */
    public EndpointPool pool(int endpoint) {
        return pools[endpoint];
    }

    /** Gives up what has been waiting for a connection for too long. */
    void expire(long now) {
        for (var pool : pools) {
            pool.expire(now);
        }
    }

    void drain() {
        for (var pool : pools) {
            pool.drain();
        }
    }
}
