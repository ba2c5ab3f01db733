package io.suimon.engine.balance;

import io.suimon.engine.http.Exchange;
import io.suimon.engine.resource.Endpoint;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The faster of two endpoints drawn at random, by an average of their times in which old ones fade. Weights do not count.
 *
 * <p>An endpoint not heard of for {@value #FORGOTTEN_SECONDS} s counts as new, and so as fast. What is known of an address lives on
 * when the upstream changes.
 */
final class PeakEwma implements LoadBalancer {

    private static final long FORGOTTEN_SECONDS = 60;
    private static final double DECAY_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** Up to here, a tenth of a second, a few terms are as exact as the library's exponential, and a fraction of its cost. */
    private static final double SHORT = 0.01;

    private static final long FORGOTTEN_NANOS = TimeUnit.SECONDS.toNanos(FORGOTTEN_SECONDS);

    /** After so many draws of somebody excluded all are counted, as with most of them excluded; no more than so many are at once. */
    private static final int DRAWS = 8;

    /** What is known of one address; shared by the balancers an upstream had over time on this event loop. */
    private static final class Score {
        private double nanos;
        private long touched;

        private boolean isKnown(long now) {
            return nanos > 0 && now - touched <= FORGOTTEN_NANOS;
        }

        private double kept(long now) {
            return isKnown(now) ? grown(-Math.max(0, now - touched)) : 0;
        }

        /** Both fade alike, so how much later the one was heard of than the other is all there is to reckon. */
        private boolean isAtMost(Score other, long now) {
            if (!isKnown(now)) {
                return true;
            }
            long later = touched - other.touched;
            return other.isKnown(now) && nanos * grown(later) <= other.nanos;
        }

        /** By which factor what fades is more after so long than now; less where that is negative. */
        private static double grown(long nanos) {
            double x = nanos / DECAY_NANOS;
            return Math.abs(x) <= SHORT ? 1 + x * (1 + x / 2 * (1 + x / 3 * (1 + x / 4 * (1 + x / 5)))) : Math.exp(x);
        }
    }

    private final int[] places;
    private final RandomGenerator random;
    private final LongSupplier nanoTime;
    private final Score[] scores;
    private final Map<Endpoint, Score> byAddress;

    private PeakEwma(
            int[] places,
            List<Endpoint> endpoints,
            Map<Endpoint, Score> byAddress,
            RandomGenerator random,
            LongSupplier nanoTime) {
        this.places = places;
        this.random = random;
        this.nanoTime = nanoTime;
        this.byAddress = byAddress;
        this.scores = endpoints.stream()
                .map(endpoint -> byAddress.get(endpoint.address()))
                .toArray(Score[]::new);
    }

    static LoadBalancer of(
            List<Endpoint> endpoints, RandomGenerator random, LongSupplier nanoTime, @Nullable LoadBalancer previous) {
        var byAddress = new HashMap<Endpoint, Score>();
        for (var endpoint : endpoints) {
            byAddress.put(endpoint.address(), new Score());
        }
        if (PriorityGroups.anyOf(previous) instanceof PeakEwma before) {
            before.byAddress.forEach(byAddress::replace);
        }
        return PriorityGroups.of(endpoints, group -> new PeakEwma(group, endpoints, byAddress, random, nanoTime));
    }

    @Override
    public int pick(Exchange exchange, BitSet excluded) {
        long bits = random.nextLong();
        int one = draw(excluded, NONE, (int) bits);
        int other = one == NONE ? NONE : draw(excluded, one, (int) (bits >>> Integer.SIZE));
        if (other == NONE) {
            return one;
        }
        long now = nanoTime.getAsLong();
        return scores[one].isAtMost(scores[other], now) ? one : other;
    }

    /**
     * Anybody who is not excluded and not {@code drawn} already, or {@link #NONE}.
     *
     * @param bits random, for the first draw
     */
    private int draw(BitSet excluded, int drawn, int bits) {
        int drawing = bits;
        for (int i = 0; i < DRAWS && places.length > DRAWS; i++) {
            int place = places[scaled(drawing, places.length)];
            if (place != drawn && !excluded.get(place)) {
                return place;
            }
            drawing = random.nextInt();
        }
        int candidates = 0;
        for (int place : places) {
            candidates += place == drawn || excluded.get(place) ? 0 : 1;
        }
        int left = candidates == 0 ? NONE : scaled(drawing, candidates);
        for (int i = 0; left >= 0; i++) {
            if (places[i] != drawn && !excluded.get(places[i]) && left-- == 0) {
                return places[i];
            }
        }
        return NONE;
    }

    /** As far from 0 to the bound as the bits, unsigned, are from 0 to all of them. */
    private static int scaled(int bits, int bound) {
        return (int) ((Integer.toUnsignedLong(bits) * bound) >>> Integer.SIZE);
    }

    @Override
    public void release(int endpoint, long nanos) {
        if (nanos == UNKNOWN) {
            return;
        }
        long now = nanoTime.getAsLong();
        var score = scores[endpoint];
        double kept = score.kept(now);
        score.nanos = score.nanos * kept + nanos * (1 - kept);
        score.touched = now;
    }
}
