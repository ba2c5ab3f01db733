package io.suimon.engine.balance;

import io.suimon.engine.http.Exchange;
import java.util.BitSet;

/**
 * A request belongs to the first point of a ring at or behind the hash of its key.
 *
 * <p>When that point's endpoint is excluded the following points are asked, so only the keys of a missing endpoint move.
 */
final class ConsistentHash implements LoadBalancer {

    private final int[] places;
    private final HashRing ring;
    private final HashKey key;

    ConsistentHash(int[] places, HashRing ring, HashKey key) {
        this.places = places;
        this.ring = ring;
        this.key = key;
    }

    @Override
    public int pick(Exchange exchange, BitSet excluded) {
        if (!anyoneLeft(excluded)) {
            return NONE;
        }
        var value = key.of(exchange);
        return ring.owner(Crc32.of(value == null ? exchange.clientAddress().getHostAddress() : value), excluded);
    }

    private boolean anyoneLeft(BitSet excluded) {
        for (int place : places) {
            if (!excluded.get(place)) {
                return true;
            }
        }
        return false;
    }
}
