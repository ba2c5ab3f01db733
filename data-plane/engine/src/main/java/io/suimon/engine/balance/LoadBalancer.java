package io.suimon.engine.balance;

import io.suimon.engine.http.Exchange;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Who is next among the endpoints of one upstream.
 *
 * <p>Endpoints are named by their place in the list the balancer was made for. Every pick is given back once, by {@link #release}.
 * Not thread-safe: there is one per upstream and event loop, touched on that loop only. Picking does not allocate.
 */
public sealed interface LoadBalancer
        permits ConsistentHash, LeastConnections, PeakEwma, PriorityGroups, RoundRobin, SingleEndpoint {

    /** Nobody is left. */
    int NONE = -1;

    /** The time of an endpoint that did not answer. */
    long UNKNOWN = -1;

    /**
     * Picks an endpoint.
     *
     * @param excluded the endpoints not to pick: those this exchange tried, and those that are unhealthy; where all are unhealthy
     *     the caller leaves health out of it. Only read. An upstream with one endpoint has no choice, and ignores it
     * @return the endpoint's place, or {@link #NONE}
     */
    int pick(Exchange exchange, BitSet excluded);

    /**
     * Gives back what was picked, when its try is over.
     *
     * @param nanos what connecting and answering took, or {@link #UNKNOWN}
     */
    default void release(int endpoint, long nanos) {}

    /** Whether several endpoints can be balanced in this way; one endpoint always can. */
    static boolean supports(String type) {
        return switch (type) {
            case "roundrobin", "chash", "least_conn", "ewma" -> true;
            default -> false;
        };
    }

    /**
     * A balancer of these endpoints, or empty when there are several and the type is not supported.
     *
     * @param candidates at least one; better {@linkplain Candidates#prepareAs prepared}
     * @param nanoTime monotonic, in nanoseconds
     * @param previous the balancer of the same upstream before it changed, whose counts and times are taken on; null for none
     */
    static Optional<LoadBalancer> of(
            Candidates candidates, RandomGenerator random, LongSupplier nanoTime, @Nullable LoadBalancer previous) {
        var endpoints = candidates.endpoints();
        if (endpoints.isEmpty()) {
            throw new IllegalArgumentException("endpoints: [] (expected: at least one)");
        }
        return switch (candidates.balancing().type()) {
            case "least_conn" -> Optional.of(LeastConnections.of(endpoints, random, previous));
            case String type when endpoints.size() == 1 -> Optional.of(SingleEndpoint.INSTANCE);
            case "roundrobin" ->
                Optional.of(PriorityGroups.of(endpoints, group -> new RoundRobin(group, endpoints, random)));
            case "chash" -> {
                var key = HashKey.of(candidates.balancing());
                yield Optional.of(
                        PriorityGroups.of(endpoints, group -> new ConsistentHash(group, candidates.ring(group), key)));
            }
            case "ewma" -> Optional.of(PeakEwma.of(endpoints, random, nanoTime, previous));
            default -> Optional.empty();
        };
    }
}
