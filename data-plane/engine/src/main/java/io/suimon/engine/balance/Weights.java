package io.suimon.engine.balance;

import io.suimon.engine.resource.Endpoint;
import java.util.Arrays;
import java.util.List;

/** The weights of a group of endpoints, divided by what divides them all. */
final class Weights {

    private Weights() {}

    /** The share of each place: 0 for an endpoint nobody is sent to; where that is all of them, each has the same. */
    static int[] of(int[] places, List<Endpoint> endpoints) {
        int[] shares = Arrays.stream(places)
                .map(place -> Math.max(0, endpoints.get(place).weight()))
                .toArray();
        int divisor = Arrays.stream(shares).reduce(0, Weights::greatestCommonDivisor);
        return Arrays.stream(shares)
                .map(share -> divisor == 0 ? 1 : share / divisor)
                .toArray();
    }

    private static int greatestCommonDivisor(int a, int b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }
}
