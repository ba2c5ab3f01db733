package io.suimon.dataplane.upstream;

import io.suimon.engine.balance.LoadBalancer;
import io.suimon.engine.health.HealthEvent;
import io.suimon.engine.health.UpstreamHealth;
import io.suimon.engine.http.Exchange;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Picks among an upstream's endpoints those that are in order, and tells what became of them. For one event loop. */
final class HealthyPick {

    private final UpstreamHealth health;
    private final LoadBalancer balancer;
    private final int endpoints;
    private final BitSet excluded = new BitSet();

    HealthyPick(UpstreamHealth health, LoadBalancer balancer, int endpoints) {
        this.health = health;
        this.balancer = balancer;
        this.endpoints = endpoints;
    }

    /** The endpoint whose turn it is, or {@link LoadBalancer#NONE}. One that is alone is asked whatever its health. */
    int pick(Exchange exchange, BitSet tried) {
        var view = health.view();
        if (view.isWhole() || endpoints == 1) {
            return balancer.pick(exchange, tried);
        }
        excluded.clear();
        excluded.or(tried);
        view.addTo(excluded);
        int picked = balancer.pick(exchange, excluded);
        if (picked != LoadBalancer.NONE || !view.isWeightless()) {
            return picked;
        }
        // Where nobody else is in order, having no weight is no reason to stand back.
        int left = excluded.nextClearBit(0);
        return left < endpoints ? left : LoadBalancer.NONE;
    }

    void answered(int endpoint, int status) {
        health.answered(endpoint, status);
    }

    void failed(int endpoint, Failure failure, boolean last) {
        var event = event(failure);
        if (event != null) {
            health.failed(endpoint, event, last ? failure.status() : 0);
        }
    }

    private static @Nullable HealthEvent event(Failure failure) {
        return switch (failure) {
            case CONNECT, CLOSED -> HealthEvent.TCP_FAILURE;
            case BAD_RESPONSE -> HealthEvent.HTTP_FAILURE;
            case CONNECT_TIMEOUT, SEND_TIMEOUT, READ_TIMEOUT -> HealthEvent.TIMEOUT;
            case REFUSED -> null; // it is well enough to say so
            case UNRESOLVED, IDENTITY, OVERLOAD -> null; // nobody was asked
        };
    }
}
