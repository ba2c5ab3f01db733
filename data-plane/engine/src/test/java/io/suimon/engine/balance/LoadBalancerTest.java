package io.suimon.engine.balance;

import io.suimon.engine.consumer.AuthenticatedConsumer;
import io.suimon.engine.http.ClientConnection;
import io.suimon.engine.http.Exchange;
import io.suimon.engine.resource.Endpoint;
import io.suimon.engine.resource.Upstream.Balancing;
import io.suimon.engine.resource.Upstream.Balancing.HashOn;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class LoadBalancerTest {

    private static final BitSet NOBODY = new BitSet();

    private final AtomicLong now = new AtomicLong(1_000_000_000L);
    private final Exchange exchange = exchangeFrom("192.0.2.7");

    @Test
    void roundRobinSpreadsExactlyByWeight() {
        var balancer = balancer("roundrobin", weighted(5, 1, 2, 0), null);

        var picks = picks(balancer, 80, NOBODY);

        assertThat(picks).isEqualTo(Map.of(0, 50, 1, 10, 2, 20));
    }

    @Test
    void roundRobinTakesTurnsWhileTheShareReachesTheSinkingThreshold() {
        var balancer = new RoundRobin(new int[] {0, 1, 2}, weighted(40, 20, 20), new Random() {
            private static final long serialVersionUID = 1L;

            @Override
            public int nextInt(int bound) {
                return bound - 1;
            }
        });

        var picks = IntStream.range(0, 8)
                .map(i -> balancer.pick(exchange, NOBODY))
                .boxed()
                .toList();

        assertThat(picks).containsExactly(0, 1, 2, 0, 0, 1, 2, 0);
    }

    @Test
    void roundRobinStartsAnywhere() {
        var firsts = IntStream.range(0, 100)
                .map(seed -> LoadBalancer.of(
                                new Candidates(type("roundrobin"), weighted(1, 1, 1)),
                                new Random(seed * 7919L),
                                now::get,
                                null)
                        .orElseThrow()
                        .pick(exchange, NOBODY))
                .boxed()
                .distinct();

        assertThat(firsts).containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    void roundRobinUsesEndpointsOfWeightZeroWhenThereAreNoOthers() {
        var balancer = balancer("roundrobin", weighted(0, 0), null);

        assertThat(picks(balancer, 10, NOBODY)).isEqualTo(Map.of(0, 5, 1, 5));
    }

    @Test
    void roundRobinFindsTheLightEndpointAtOnceWhenAVastlyHeavierOneIsExcluded() {
        var balancer = balancer("roundrobin", weighted(Integer.MAX_VALUE, 1), null);

        assertThat(picks(balancer, 1_000, excluding(0))).isEqualTo(Map.of(1, 1_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"roundrobin", "chash", "least_conn", "ewma"})
    void excludedEndpointsAreNotPicked(String type) {
        var balancer = balancer(type, weighted(3, 1, 2), null);

        assertThat(picks(balancer, 30, excluding(0, 2))).isEqualTo(Map.of(1, 30));
        assertThat(balancer.pick(exchange, excluding(0, 1, 2))).isEqualTo(LoadBalancer.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"roundrobin", "chash", "least_conn", "ewma", "no-such-type"})
    void aLoneEndpointIsPickedWhateverIsExcluded(String type) {
        var balancer = balancer(type, weighted(0), null);

        assertThat(balancer.pick(exchange, excluding(0))).isZero();
    }

    @Test
    void severalEndpointsOfAnUnknownTypeCannotBeBalanced() {
        assertThat(LoadBalancer.of(new Candidates(type("no-such-type"), weighted(1, 1)), new Random(1), now::get, null))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"roundrobin", "chash", "least_conn", "ewma"})
    void aLowerPriorityWaitsUntilTheHigherOneIsExhausted(String type) {
        var endpoints = List.of(endpoint(0, 1, -1), endpoint(1, 1, 5), endpoint(2, 1, 5), endpoint(3, 1, 0));
        var balancer = balancer(type, endpoints, null);

        assertThat(picks(balancer, 20, NOBODY).keySet()).isSubsetOf(1, 2);
        assertThat(picks(balancer, 20, excluding(1, 2))).isEqualTo(Map.of(3, 20));
        assertThat(picks(balancer, 20, excluding(1, 2, 3))).isEqualTo(Map.of(0, 20));
        assertThat(balancer.pick(exchange, excluding(0, 1, 2, 3))).isEqualTo(LoadBalancer.NONE);
    }

    @Test
    void theRingIsTheOneApisixUses() {
        var balancer = ring(List.of(endpoint(1980, 1), endpoint(1981, 1), endpoint(1982, 1)));

        var ports = IntStream.range(0, 10)
                .map(i -> 1980 + pickFor(balancer, "" + i))
                .boxed()
                .toList();

        assertThat(ports).containsExactly(1980, 1981, 1980, 1981, 1982, 1982, 1980, 1982, 1982, 1980);
    }

    @Test
    void theRingIsTheSameForEqualWeightsOfAnySize() {
        var light = ring(List.of(endpoint(1980, 1), endpoint(1981, 1)));
        var heavy = ring(List.of(endpoint(1980, 200), endpoint(1981, 200)));

        var keys = IntStream.range(0, 1_000).mapToObj(i -> "key" + i).toList();

        assertThat(keys).allSatisfy(key -> assertThat(pickFor(light, key)).isEqualTo(pickFor(heavy, key)));
    }

    @Test
    void onlyTheKeysOfAMissingEndpointMove() {
        var balancer = ring(List.of(endpoint(1, 1), endpoint(2, 1), endpoint(3, 1), endpoint(4, 1)));
        var stable = IntStream.range(0, 1_000).mapToObj(i -> "key" + i).filter(key -> pickFor(balancer, key) != 2);

        assertThat(stable)
                .allSatisfy(
                        key -> assertThat(pickFor(balancer, key, excluding(2))).isEqualTo(pickFor(balancer, key)));
    }

    @Test
    void theRingSpreadsByWeightAlsoWhenItWouldBeTooLarge() {
        var balancer = ring(List.of(endpoint(1, 3_000_000), endpoint(2, 1_000_001)));

        long first = IntStream.range(0, 10_000)
                .filter(i -> pickFor(balancer, "key" + i) == 0)
                .count();

        assertThat(first).isBetween(7_000L, 8_000L);
    }

    @Test
    void ringsAreMadeBeforeTheyAreNeededWhereTheFormerOnesWere() {
        var balancing = new Balancing("chash", HashOn.CONSUMER, null);
        var former = new Candidates(balancing, weighted(1, 1));
        var unused = new Candidates(balancing, weighted(1, 1, 1));
        var used = new Candidates(balancing, weighted(1, 1, 1));

        unused.prepareAs(former);
        former.ring(new int[] {0, 1});
        used.prepareAs(former);

        assertThat(unused.isPrepared()).isFalse();
        assertThat(used.isPrepared()).isTrue();
    }

    @Test
    void aRingLivesOnWhileEndpointsAreTheSame() {
        var balancing = new Balancing("chash", HashOn.CONSUMER, null);
        var former = new Candidates(balancing, weighted(1, 1));
        var ring = former.ring(new int[] {0, 1});
        var same = new Candidates(balancing, weighted(1, 1));

        same.prepareAs(former);

        assertThat(same.ring(new int[] {0, 1})).isSameAs(ring);
    }

    @Test
    void aRingIsMadeOnceForAllBalancers() {
        var candidates = new Candidates(
                new Balancing("chash", HashOn.CONSUMER, null),
                List.of(endpoint(1, 1, 1), endpoint(2, 1, 1), endpoint(3, 1)));

        assertThat(candidates.ring(new int[] {0, 1})).isSameAs(candidates.ring(new int[] {0, 1}));
        assertThat(candidates.ring(new int[] {2})).isNotSameAs(candidates.ring(new int[] {0, 1}));
    }

    @Test
    void withoutAValueToHashTheClientAddressDecides() {
        var balancer = ring(
                IntStream.range(0, 8).mapToObj(port -> endpoint(port + 1, 1)).toList());
        var clients = Stream.of("192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4", "192.0.2.5", "192.0.2.6");

        var picks = clients.map(client -> balancer.pick(exchangeFrom(client), NOBODY))
                .distinct();

        assertThat(picks).hasSizeGreaterThan(1);
        assertThat(balancer.pick(exchangeFrom("192.0.2.1"), NOBODY)).isEqualTo(pickFor(balancer, "192.0.2.1"));
    }

    @Test
    void theLeastBusyEndpointForItsWeightIsPicked() {
        var balancer = balancer("least_conn", weighted(2, 1, 0), null);

        assertThat(picks(balancer, 30, NOBODY)).isEqualTo(Map.of(0, 20, 1, 10));
    }

    @Test
    void anEndpointGivenBackIsLessBusy() {
        var balancer = balancer("least_conn", weighted(1, 1), null);
        var first = balancer.pick(exchange, NOBODY);
        var second = balancer.pick(exchange, NOBODY);

        balancer.release(second, LoadBalancer.UNKNOWN);

        assertThat(second).isNotEqualTo(first);
        assertThat(balancer.pick(exchange, NOBODY)).isEqualTo(second);
    }

    @Test
    void connectionsAreCountedOnWhenTheUpstreamChanges() {
        var before = balancer("least_conn", List.of(endpoint(1, 1), endpoint(2, 1)), null);
        int busy = before.pick(exchange, excluding(1));
        var after = balancer("least_conn", List.of(endpoint(3, 1), endpoint(1, 1)), before);

        var whileBusy = picks(after, 1, excluding());
        before.release(busy, 1);
        after.release(0, 1);

        assertThat(whileBusy).isEqualTo(Map.of(0, 1));
        assertThat(picks(after, 2, NOBODY)).isEqualTo(Map.of(0, 1, 1, 1));
    }

    @Test
    void anOnlyEndpointIsCountedToo() {
        var before = balancer("least_conn", weighted(1), null);
        before.pick(exchange, NOBODY);

        var after = balancer("least_conn", weighted(1, 1), before);

        assertThat(after.pick(exchange, NOBODY)).isEqualTo(1);
    }

    @Test
    void anEndpointWithoutWeightIsTheLeastBusyWhereNobodyElseIsLeft() {
        var balancer = balancer("least_conn", weighted(0, 1), null);

        assertThat(picks(balancer, 20, NOBODY)).isEqualTo(Map.of(1, 20));
        assertThat(picks(balancer, 5, excluding(1))).isEqualTo(Map.of(0, 5));
    }

    @Test
    void timesCountWhateverTheWeight() {
        var balancer = balancer("ewma", weighted(1, 100), null);

        balancer.release(0, 1_000_000);
        balancer.release(1, 50_000_000);

        assertThat(picks(balancer, 20, NOBODY)).isEqualTo(Map.of(0, 20));
    }

    @Test
    void theFasterOfTwoIsPicked() {
        var balancer = balancer("ewma", weighted(1, 1), null);

        balancer.release(0, 50_000_000);
        balancer.release(1, 1_000_000);

        assertThat(picks(balancer, 20, NOBODY)).isEqualTo(Map.of(1, 20));
    }

    @Test
    void aSlowEndpointNotHeardOfForAMinuteCountsAsNew() {
        var balancer = balancer("ewma", weighted(1, 1), null);
        balancer.release(0, 50_000_000);
        now.addAndGet(61_000_000_000L);

        balancer.release(1, 1_000);

        assertThat(picks(balancer, 20, NOBODY)).isEqualTo(Map.of(0, 20));
    }

    private LoadBalancer balancer(String type, List<Endpoint> endpoints, @Nullable LoadBalancer previous) {
        return LoadBalancer.of(new Candidates(type(type), endpoints), new Random(42), now::get, previous)
                .orElseThrow();
    }

    private LoadBalancer ring(List<Endpoint> endpoints) {
        var balancing = new Balancing("chash", HashOn.CONSUMER, null);
        return LoadBalancer.of(new Candidates(balancing, endpoints), new Random(42), now::get, null)
                .orElseThrow();
    }

    private Map<Integer, Integer> picks(LoadBalancer balancer, int times, BitSet excluded) {
        var counts = new TreeMap<Integer, Integer>();
        for (int i = 0; i < times; i++) {
            counts.merge(balancer.pick(exchange, excluded), 1, Integer::sum);
        }
        return counts;
    }

    private static int pickFor(LoadBalancer balancer, String key) {
        return pickFor(balancer, key, NOBODY);
    }

    private static int pickFor(LoadBalancer balancer, String key, BitSet excluded) {
        var exchange = exchangeFrom("192.0.2.7");
        exchange.authenticated(new AuthenticatedConsumer(key, null, null, null, Map.of()));
        return balancer.pick(exchange, excluded);
    }

    private static Balancing type(String type) {
        return new Balancing(type, HashOn.CONSUMER, null);
    }

    private static List<Endpoint> weighted(int... weights) {
        var endpoints = new ArrayList<Endpoint>();
        for (int weight : weights) {
            endpoints.add(endpoint(endpoints.size() + 1, weight));
        }
        return endpoints;
    }

    private static Endpoint endpoint(int port, int weight) {
        return endpoint(port, weight, 0);
    }

    private static Endpoint endpoint(int port, int weight, int priority) {
        return new Endpoint("127.0.0.3", port, weight, priority);
    }

    private static BitSet excluding(int... places) {
        var excluded = new BitSet();
        for (int place : places) {
            excluded.set(place);
        }
        return excluded;
    }

    private static Exchange exchangeFrom(String client) {
        var remote = new InetSocketAddress(client, 50_000);
        return new Exchange(new ClientConnection(remote, new InetSocketAddress("192.0.2.1", 9080), null, 1));
    }
}
