package io.suimon.engine.balance;

import io.suimon.engine.http.Exchange;
import io.suimon.engine.resource.Endpoint;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint with the fewest exchanges under way for its weight; endpoints of weight 0 when nobody else is left. Equals take
 * turns.
 *
 * <p>Exchanges are counted by address, so the counts live on when the upstream changes.
 */
final class LeastConnections implements LoadBalancer {

    /** Exchanges under way at one address; shared by the balancers an upstream had over time on this event loop. */
    private static final class Active {
        private int count;
    }

    private final int[] places;
    private final int[] weights;
    private final Active[] active;
    private final Map<Endpoint, Active> byAddress;
    private final boolean alone;
    private int last;

    private LeastConnections(int[] places, List<Endpoint> endpoints, Map<Endpoint, Active> byAddress) {
        this.places = places;
        this.weights = endpoints.stream().mapToInt(Endpoint::weight).toArray();
        this.active = endpoints.stream()
                .map(endpoint -> byAddress.get(address(endpoint)))
                .toArray(Active[]::new);
        this.byAddress = byAddress;
        this.alone = endpoints.size() == 1;
    }

    static LoadBalancer of(List<Endpoint> endpoints, @Nullable LoadBalancer previous) {
        var known = switch (previous) {
            case LeastConnections same -> same.byAddress;
            case PriorityGroups groups when groups.first() instanceof LeastConnections same -> same.byAddress;
            case null, default -> Map.<Endpoint, Active>of();
        };
        var byAddress = new HashMap<Endpoint, Active>();
        for (var endpoint : endpoints) {
            var address = address(endpoint);
            var counted = known.get(address);
            byAddress.put(address, counted == null ? new Active() : counted);
        }
        return PriorityGroups.of(endpoints, group -> new LeastConnections(group, endpoints, byAddress));
    }

    private static Endpoint address(Endpoint endpoint) {
        return new Endpoint(endpoint.host(), endpoint.port(), 0, 0);
    }

    @Override
    public int pick(Exchange exchange, BitSet excluded) {
        int best = NONE;
        double lowest = Double.POSITIVE_INFINITY;
        for (int i = 1; i <= places.length; i++) {
            int turn = (last + i) % places.length;
            int place = places[turn];
            if (!excluded.get(place) || alone) {
                double load = load(place);
                if (best == NONE || load < lowest) {
                    best = turn;
                    lowest = load;
                }
            }
        }
        if (best == NONE) {
            return NONE;
        }
        last = best;
        active[places[best]].count++;
        return places[best];
    }

    private double load(int place) {
        return weights[place] <= 0 ? Double.POSITIVE_INFINITY : (active[place].count + 1.0) / weights[place];
    }

    @Override
    public void release(int endpoint, long nanos) {
        active[endpoint].count--;
    }
}
