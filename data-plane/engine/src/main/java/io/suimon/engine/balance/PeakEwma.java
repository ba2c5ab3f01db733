package io.suimon.engine.balance;

import io.suimon.engine.http.Exchange;
import java.util.BitSet;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * The faster of two endpoints drawn at random, by an average of their times in which old ones fade. Weights do not count.
 *
 * <p>An endpoint not heard of for {@value #FORGOTTEN_SECONDS} s counts as new, and so as fast.
 */
final class PeakEwma implements LoadBalancer {

    private static final long FORGOTTEN_SECONDS = 60;
    private static final double DECAY_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long FORGOTTEN_NANOS = TimeUnit.SECONDS.toNanos(FORGOTTEN_SECONDS);

    private final int[] places;
    private final RandomGenerator random;
    private final LongSupplier nanoTime;
    private final double[] scores;
    private final long[] touched;

    /** @param all how many endpoints there are in all groups */
    PeakEwma(int[] places, int all, RandomGenerator random, LongSupplier nanoTime) {
        this.places = places;
        this.random = random;
        this.nanoTime = nanoTime;
        this.scores = new double[all];
        this.touched = new long[all];
    }

    @Override
    public int pick(Exchange exchange, BitSet excluded) {
        int candidates = 0;
        for (int place : places) {
            candidates += excluded.get(place) ? 0 : 1;
        }
        if (candidates == 0) {
            return NONE;
        }
        int first = random.nextInt(candidates);
        if (candidates == 1) {
            return candidate(first, excluded);
        }
        int second = random.nextInt(candidates - 1);
        if (second >= first) {
            second++;
        }
        int one = candidate(first, excluded);
        int other = candidate(second, excluded);
        long now = nanoTime.getAsLong();
        return score(one, now) <= score(other, now) ? one : other;
    }

    @Override
    public void release(int endpoint, long nanos) {
        if (nanos == UNKNOWN) {
            return;
        }
        long now = nanoTime.getAsLong();
        double kept = decay(endpoint, now);
        scores[endpoint] = score(endpoint, now) + nanos * (1 - kept);
        touched[endpoint] = now;
    }

    private int candidate(int rank, BitSet excluded) {
        int left = rank;
        for (int place : places) {
            if (!excluded.get(place) && left-- == 0) {
                return place;
            }
        }
        throw new IllegalStateException("rank: " + rank + " (expected: less than the number of candidates)");
    }

    private double score(int endpoint, long now) {
        return scores[endpoint] * decay(endpoint, now);
    }

    private double decay(int endpoint, long now) {
        long age = Math.max(0, now - touched[endpoint]);
        return scores[endpoint] == 0 || age > FORGOTTEN_NANOS ? 0 : Math.exp(-age / DECAY_NANOS);
    }
}
