package io.suimon.engine.balance;

import io.suimon.engine.resource.Endpoint;
import io.suimon.engine.text.WireText;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The ring of one group of endpoints: {@value #POINTS_PER_SHARE} points for each share of an endpoint, in the order of their hashes.
 * Immutable.
 *
 * <p>A ring of more than {@value #MAX_POINTS} points is made coarser: shares are scaled down together, each to one at least.
 */
final class HashRing {

    static final int POINTS_PER_SHARE = 160;
    static final int MAX_POINTS = 1 << 18;

    private final int[] hashes;
    private final int[] owners;

    HashRing(int[] places, List<Endpoint> endpoints) {
        long[] ring = ring(places, endpoints);
        hashes = new int[ring.length];
        owners = new int[ring.length];
        for (int i = 0; i < ring.length; i++) {
            hashes[i] = (int) (ring[i] >> Integer.SIZE);
            owners[i] = (int) ring[i];
        }
    }

    /** Whose the first point at or behind a hash is, of those who are not excluded; or {@link LoadBalancer#NONE}. */
    int owner(int hash, BitSet excluded) {
        int at = Arrays.binarySearch(hashes, sortable(hash));
        at = at < 0 ? -at - 1 : firstOfEqual(at);
        for (int i = 0; i < owners.length; i++) {
            int owner = owners[(at + i) % owners.length];
            if (!excluded.get(owner)) {
                return owner;
            }
        }
        return LoadBalancer.NONE;
    }

    private int firstOfEqual(int found) {
        int first = found;
        while (first > 0 && hashes[first - 1] == hashes[found]) {
            first--;
        }
        return first;
    }

    /** All points, sorted: the hash in the upper half, whose it is in the lower. */
    private static long[] ring(int[] places, List<Endpoint> endpoints) {
        int[] shares = bounded(Weights.of(places, endpoints));
        var ring = new long[Arrays.stream(shares).sum() * POINTS_PER_SHARE];
        int next = 0;
        for (int i = 0; i < places.length; i++) {
            var endpoint = endpoints.get(places[i]);
            var id = WireText.of(endpoint.host()) + '\0' + endpoint.port();
            int point = 0;
            for (int j = 0; j < shares[i] * POINTS_PER_SHARE; j++) {
                point = Crc32.of(id, point);
                ring[next++] = ((long) sortable(point) << Integer.SIZE) | places[i];
            }
        }
        Arrays.sort(ring);
        return ring;
    }

    private static int[] bounded(int[] shares) {
        long sum = Arrays.stream(shares).asLongStream().sum();
        long most = MAX_POINTS / POINTS_PER_SHARE;
        if (sum <= most) {
            return shares;
        }
        return Arrays.stream(shares)
                .map(share -> share == 0 ? 0 : (int) Math.max(1, share * most / sum))
                .toArray();
    }

    /** Hashes are unsigned, arrays are sorted signed. */
    private static int sortable(int hash) {
        return hash ^ Integer.MIN_VALUE;
    }
}
