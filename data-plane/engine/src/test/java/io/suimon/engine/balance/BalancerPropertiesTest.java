package io.suimon.engine.balance;

import io.suimon.engine.consumer.AuthenticatedConsumer;
import io.suimon.engine.http.ClientConnection;
import io.suimon.engine.http.Exchange;
import io.suimon.engine.resource.Endpoint;
import io.suimon.engine.resource.Upstream.Balancing;
import io.suimon.engine.resource.Upstream.Balancing.HashOn;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/** Balancers beside models of what they promise, for any endpoints. */
class BalancerPropertiesTest {

    private static final BitSet NOBODY = new BitSet();

    private final Exchange exchange = exchange();
    private long now = 1_000_000_000L;

    @Provide
    Arbitrary<String> types() {
        return Arbitraries.of("roundrobin", "chash", "least_conn", "ewma");
    }

    @Property(tries = 200)
    void roundRobinGivesEachItsShareInEveryPeriod(
            @ForAll @Size(min = 2, max = 12) List<@IntRange(max = 20) Integer> weights, @ForAll long seed) {
        int sum = weights.stream().mapToInt(Integer::intValue).sum();
        int divisor = weights.stream().reduce(0, BalancerPropertiesTest::divisor);
        int period = divisor == 0 ? weights.size() : sum / divisor;
        var balancer = balancer("roundrobin", endpoints(weights), seed, null);
        picks(balancer, Math.floorMod(seed, 50));

        int[] picked = picks(balancer, period);

        for (int i = 0; i < weights.size(); i++) {
            assertThat(picked[i]).isEqualTo(divisor == 0 ? 1 : weights.get(i) / divisor);
        }
    }

    @Property(tries = 400)
    void whoIsExcludedIsNeverPickedAndSomebodyIsWhileThereIsAnybody(
            @ForAll("types") String type,
            @ForAll @Size(min = 2, max = 12) List<@IntRange(min = 1, max = 20) Integer> weights,
            @ForAll List<@IntRange(max = 11) Integer> out,
            @ForAll long seed) {
        var balancer = balancer(type, endpoints(weights), seed, null);
        var excluded = new BitSet();
        out.stream().filter(place -> place < weights.size()).forEach(excluded::set);

        for (int i = 0; i < 30; i++) {
            int picked = balancer.pick(exchange, excluded);

            if (excluded.cardinality() == weights.size()) {
                assertThat(picked).isEqualTo(LoadBalancer.NONE);
            } else {
                assertThat(picked).isBetween(0, weights.size() - 1);
                assertThat(excluded.get(picked)).isFalse();
                balancer.release(picked, 1_000_000L * (1 + i % 7));
            }
        }
    }

    @Property(tries = 200)
    void onlyTheHighestGroupWithAnybodyLeftIsPickedFrom(
            @ForAll("types") String type,
            @ForAll @Size(min = 2, max = 12) List<@IntRange(min = -2, max = 2) Integer> priorities,
            @ForAll List<@IntRange(max = 11) Integer> out,
            @ForAll long seed) {
        var endpoints = IntStream.range(0, priorities.size())
                .mapToObj(i -> new Endpoint("127.0.0.3", 1980 + i, 1, priorities.get(i)))
                .toList();
        var balancer = balancer(type, endpoints, seed, null);
        var excluded = new BitSet();
        out.stream().filter(place -> place < priorities.size()).forEach(excluded::set);
        var highest = IntStream.range(0, priorities.size())
                .filter(place -> !excluded.get(place))
                .map(priorities::get)
                .max();

        for (int i = 0; i < 20; i++) {
            int picked = balancer.pick(exchange, excluded);

            if (highest.isEmpty()) {
                assertThat(picked).isEqualTo(LoadBalancer.NONE);
            } else {
                assertThat(priorities.get(picked)).isEqualTo(highest.getAsInt());
            }
        }
    }

    @Property(tries = 50)
    void onlyTheKeysOfAnEndpointThatIsRemovedMove(
            @ForAll @IntRange(min = 2, max = 8) int size, @ForAll @IntRange(max = 7) int which, @ForAll long seed) {
        int removed = which % size;
        var all = new ArrayList<>(
                endpoints(IntStream.range(0, size).map(i -> 1).boxed().toList()));
        var whole = balancer("chash", all, seed, null);
        var gone = all.remove(removed);
        var rest = balancer("chash", all, seed, null);
        var excluded = new BitSet();
        excluded.set(removed);

        for (int i = 0; i < 200; i++) {
            var before = pickFor(whole, seed + "/" + i, NOBODY);
            int after = pickFor(whole, seed + "/" + i, excluded);
            int without = pickFor(rest, seed + "/" + i, NOBODY);

            assertThat(without).isEqualTo(after > removed ? after - 1 : after);
            if (before != removed) {
                assertThat(after).isEqualTo(before);
            } else {
                assertThat(all.get(without)).isNotEqualTo(gone);
            }
        }
    }

    @Property(tries = 300)
    void theLeastBusyForItsWeightIsPickedWhateverCameBeforeAndWhateverChanges(
            @ForAll @Size(min = 2, max = 9) List<@IntRange(max = 5) Integer> weights,
            @ForAll @Size(max = 200) List<@IntRange(max = 99) Integer> steps,
            @ForAll long seed) {
        record Running(LoadBalancer balancer, int place, Endpoint address) {}
        var endpoints = endpoints(weights);
        var balancer = balancer("least_conn", endpoints, seed, null);
        var running = new ArrayDeque<Running>();
        var counts = new HashMap<Endpoint, Integer>();
        var random = new Random(seed);

        for (int step : steps) {
            if (step < 60) {
                var excluded = new BitSet();
                excluded.set(step % endpoints.size(), step % 3 > 0);
                int picked = balancer.pick(exchange, excluded);
                assertThat(load(endpoints.get(picked), counts)).isEqualTo(least(endpoints, excluded, counts));
                counts.merge(endpoints.get(picked).address(), 1, Integer::sum);
                running.add(new Running(balancer, picked, endpoints.get(picked).address()));
            } else if (step < 90 && !running.isEmpty()) {
                var done = running.remove();
                done.balancer().release(done.place(), LoadBalancer.UNKNOWN);
                counts.merge(done.address(), -1, Integer::sum);
            } else if (step >= 97) {
                endpoints = new ArrayList<>(endpoints);
                Collections.rotate(endpoints, 1 + random.nextInt(3));
                balancer = balancer("least_conn", endpoints, seed, balancer);
            }
        }

        assertThat(counts.values()).allMatch(count -> count >= 0);
    }

    private static double load(Endpoint endpoint, Map<Endpoint, Integer> counts) {
        return endpoint.weight() == 0
                ? Double.POSITIVE_INFINITY
                : (counts.getOrDefault(endpoint.address(), 0) + 1.0) / endpoint.weight();
    }

    private static double least(List<Endpoint> endpoints, BitSet excluded, Map<Endpoint, Integer> counts) {
        return IntStream.range(0, endpoints.size())
                .filter(place -> !excluded.get(place))
                .mapToDouble(place -> load(endpoints.get(place), counts))
                .min()
                .orElseThrow();
    }

    @Property(tries = 200)
    void equallyBusyEndpointsTakeTurns(@ForAll @IntRange(min = 2, max = 40) int size, @ForAll long seed) {
        var balancer = balancer(
                "least_conn",
                endpoints(IntStream.range(0, size).map(i -> 3).boxed().toList()),
                seed,
                null);

        int[] picked = new int[size];
        for (int i = 0; i < 3 * size; i++) {
            int place = balancer.pick(exchange, NOBODY);
            balancer.release(place, 1);
            picked[place]++;
        }

        assertThat(picked).containsOnly(3);
    }

    @Property(tries = 200)
    void theFasterOfTwoIsPickedByTimesThatFadeAndSurviveChanges(
            @ForAll @Size(max = 60) List<@IntRange(max = 99_999) Integer> steps, @ForAll long seed) {
        var endpoints = endpoints(List.of(1, 1));
        var balancer = balancer("ewma", endpoints, seed, null);
        double[] scores = new double[2];
        long[] touched = new long[2];

        for (int step : steps) {
            now += step * 1_000_000L;
            int place = step & 1;
            double kept = kept(scores[place], touched[place]);
            scores[place] = scores[place] * kept + step * 1_000.0 * (1 - kept);
            touched[place] = now;
            balancer.release(place, step * 1_000L);
            if (step % 5 == 0) {
                balancer = balancer("ewma", endpoints, seed, balancer);
            }

            double first = scores[0] * kept(scores[0], touched[0]);
            double second = scores[1] * kept(scores[1], touched[1]);

            if (Math.abs(first - second) > 1e-9 * (first + second)) {
                assertThat(balancer.pick(exchange, NOBODY)).isEqualTo(first < second ? 0 : 1);
            }
        }
    }

    private double kept(double score, long touched) {
        return score == 0 || now - touched > 60_000_000_000L ? 0 : Math.exp(-(now - touched) / 10e9);
    }

    private int[] picks(LoadBalancer balancer, int times) {
        var picked = new int[64];
        for (int i = 0; i < times; i++) {
            picked[balancer.pick(exchange, NOBODY)]++;
        }
        return picked;
    }

    private int pickFor(LoadBalancer balancer, String key, BitSet excluded) {
        exchange.authenticated(new AuthenticatedConsumer(key, null, null, null, Map.of()));
        return balancer.pick(exchange, excluded);
    }

    private LoadBalancer balancer(String type, List<Endpoint> endpoints, long seed, @Nullable LoadBalancer previous) {
        var balancing = new Balancing(type, HashOn.CONSUMER, null);
        return LoadBalancer.of(new Candidates(balancing, endpoints), new Random(seed), () -> now, previous)
                .orElseThrow();
    }

    private static List<Endpoint> endpoints(List<Integer> weights) {
        return IntStream.range(0, weights.size())
                .mapToObj(i -> new Endpoint("127.0.0.3", 1980 + i, weights.get(i), 0))
                .toList();
    }

    private static int divisor(int a, int b) {
        return b == 0 ? a : divisor(b, a % b);
    }

    private static Exchange exchange() {
        return new Exchange(new ClientConnection(
                new InetSocketAddress("192.0.2.7", 50_000), new InetSocketAddress("192.0.2.1", 9080), null, 1));
    }
}
