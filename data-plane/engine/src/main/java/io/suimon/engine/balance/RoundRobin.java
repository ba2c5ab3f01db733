package io.suimon.engine.balance;

import io.suimon.engine.http.Exchange;
import io.suimon.engine.resource.Endpoint;
import java.util.BitSet;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Weighted round robin: endpoints take turns while their share reaches a threshold that sinks by one each round, from the largest
 * share to one.
 */
final class RoundRobin implements LoadBalancer {

    private final int[] places;
    private final int[] shares;
    private final int largest;
    private int threshold;
    private int last;

    RoundRobin(int[] places, List<Endpoint> endpoints, RandomGenerator random) {
        this.places = places;
        this.shares = Weights.of(places, endpoints);
        this.largest = largestShare(null);
        this.threshold = largest;
        this.last = random.nextInt(places.length);
    }

    @Override
    public int pick(Exchange exchange, BitSet excluded) {
        int begun = last;
        int reachable = excluded.isEmpty() ? largest : -1;
        while (true) {
            while (++last < places.length) {
                if (shares[last] >= threshold && !excluded.get(places[last])) {
                    return places[last];
                }
            }
            if (reachable < 0) {
                reachable = largestShare(excluded);
            }
            if (reachable == 0) {
                last = begun;
                return NONE;
            }
            last = -1;
            threshold--;
            if (threshold == 0) {
                threshold = largest;
            }
            // Rounds in which nobody who is left would be picked are skipped, however many.
            threshold = Math.min(threshold, reachable);
        }
    }

    private int largestShare(@Nullable BitSet excluded) {
        int most = 0;
        for (int i = 0; i < places.length; i++) {
            if (excluded == null || !excluded.get(places[i])) {
                most = Math.max(most, shares[i]);
            }
        }
        return most;
    }
}
