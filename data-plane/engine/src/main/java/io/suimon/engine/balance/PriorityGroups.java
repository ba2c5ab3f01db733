package io.suimon.engine.balance;

import io.suimon.engine.http.Exchange;
import io.suimon.engine.resource.Endpoint;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Endpoints of several priorities: a lower group is asked only when the higher ones have nobody left. */
final class PriorityGroups implements LoadBalancer {

    private final LoadBalancer[] highestFirst;
    private final int[] groupOf;

    private PriorityGroups(LoadBalancer[] highestFirst, int[] groupOf) {
        this.highestFirst = highestFirst;
        this.groupOf = groupOf;
    }

    /**
     * Balances each group by itself; where there is but one, that is all there is.
     *
     * @param balancer makes the balancer of the endpoints at these places
     */
    static LoadBalancer of(List<Endpoint> endpoints, Function<int[], LoadBalancer> balancer) {
        var groups = places(endpoints);
        var balancers = groups.values().stream().map(balancer).toArray(LoadBalancer[]::new);
        if (balancers.length == 1) {
            return balancers[0];
        }
        var ranks = List.copyOf(groups.keySet());
        var groupOf = endpoints.stream()
                .mapToInt(endpoint -> ranks.indexOf(endpoint.priority()))
                .toArray();
        return new PriorityGroups(balancers, groupOf);
    }

    /** The places of each priority, the highest first. */
    static SortedMap<Integer, int[]> places(List<Endpoint> endpoints) {
        var groups = new TreeMap<Integer, int[]>(Comparator.reverseOrder());
        for (var endpoint : endpoints) {
            groups.computeIfAbsent(
                    endpoint.priority(),
                    priority -> IntStream.range(0, endpoints.size())
                            .filter(place -> endpoints.get(place).priority() == priority)
                            .toArray());
        }
        return groups;
    }

    @Override
    public int pick(Exchange exchange, BitSet excluded) {
        for (var group : highestFirst) {
            int endpoint = group.pick(exchange, excluded);
            if (endpoint != NONE) {
                return endpoint;
            }
        }
        return NONE;
    }

    @Override
    public void release(int endpoint, long nanos) {
        highestFirst[groupOf[endpoint]].release(endpoint, nanos);
    }

    /** The balancer of any one group, which is of the kind of all of them. */
    static @Nullable LoadBalancer anyOf(@Nullable LoadBalancer balancer) {
        return balancer instanceof PriorityGroups groups ? groups.highestFirst[0] : balancer;
    }
}
