package io.suimon.engine.balance;

import io.suimon.engine.http.Exchange;
import io.suimon.engine.resource.Endpoint;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint with the fewest exchanges under way for its weight; endpoints of weight 0 when nobody else is left. Equals take
 * turns.
 *
 * <p>Exchanges are counted by address, so the counts live on when the upstream changes. Endpoints are kept in a heap; a balancer that
 * was succeeded by another, or has an address twice, looks at all of them.
 */
final class LeastConnections implements LoadBalancer {

    /** Exchanges under way at one address; shared by the balancers an upstream had over time on this event loop. */
    private static final class Active {
        private int count;
        private @Nullable LeastConnections keeper;
        private int member;
    }

    /** What the balancers of all groups share. */
    private static final class Counts {
        private final Map<Endpoint, Active> byAddress = new HashMap<>();
        /** Whether each heap is told of every change: not where a later balancer is, or an address is there twice. */
        private boolean kept;
    }

    private final int[] places;
    private final Active[] active;
    private final Counts counts;
    private final LoadHeap heap;
    private final boolean alone;

    private LeastConnections(int[] places, List<Endpoint> endpoints, Counts counts, RandomGenerator random) {
        this.places = places;
        this.active = endpoints.stream()
                .map(endpoint -> counts.byAddress.get(endpoint.address()))
                .toArray(Active[]::new);
        this.counts = counts;
        this.alone = endpoints.size() == 1;
        int[] weights = endpoints.stream().mapToInt(Endpoint::weight).toArray();
        this.heap = new LoadHeap(places, weights, random.nextInt(places.length));
        for (int member = 0; member < places.length; member++) {
            counted(member);
            if (counts.kept) {
                active[places[member]].keeper = this;
                active[places[member]].member = member;
            }
        }
    }

    static LoadBalancer of(List<Endpoint> endpoints, RandomGenerator random, @Nullable LoadBalancer previous) {
        var counts = new Counts();
        for (var endpoint : endpoints) {
            counts.byAddress.put(endpoint.address(), new Active());
        }
        counts.kept = counts.byAddress.size() == endpoints.size();
        if (PriorityGroups.anyOf(previous) instanceof LeastConnections before) {
            before.counts.byAddress.forEach(counts.byAddress::replace);
            before.counts.kept = false;
        }
        return PriorityGroups.of(endpoints, group -> new LeastConnections(group, endpoints, counts, random));
    }

    @Override
    public int pick(Exchange exchange, BitSet excluded) {
        if (!counts.kept) {
            refresh();
        }
        int member = alone ? 0 : heap.least(excluded);
        if (member == NONE) {
            return NONE;
        }
        int place = places[member];
        var counted = active[place];
        counted.count++;
        heap.taken(member, counted.count);
        if (counted.keeper != this) {
            tell(counted);
        }
        return place;
    }

    private void refresh() {
        for (int member = 0; member < places.length; member++) {
            counted(member);
        }
    }

    @Override
    public void release(int endpoint, long nanos) {
        var counted = active[endpoint];
        counted.count--;
        tell(counted);
    }

    /** Whoever counts now is told, also of what an earlier balancer picked. */
    private static void tell(Active counted) {
        if (counted.keeper != null) {
            counted.keeper.counted(counted.member);
        }
    }

    private void counted(int member) {
        heap.count(member, active[places[member]].count);
    }
}
