package io.suimon.dataplane.listener;

import io.suimon.dataplane.proxy.Refusal;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * How many connections there may be of one address; of IPv6, of one /64 network, since nobody has less. It knows no more addresses than
 * there are connections. Thread-safe.
 */
final class ConnectionLimits {

    private final int perAddress;
    private final ConcurrentMap<Long, Integer> open = new ConcurrentHashMap<>();

    /** @param perAddress 0 is any number */
    ConnectionLimits(int perAddress) {
        this.perAddress = perAddress;
    }

    /** Counts a connection in. Returns why it may not be, or null; one that may is counted out by {@link #leave}. */
    @Nullable
    Refusal enter(InetAddress address) {
        if (perAddress == 0) {
            return null;
        }
        int now = open.merge(key(address), 1, Integer::sum);
        if (now <= perAddress) {
            return null;
        }
        leave(address);
        return Refusal.CONNECTIONS_OF_ADDRESS;
    }

    void leave(InetAddress address) {
        if (perAddress > 0) {
            open.computeIfPresent(key(address), (key, count) -> count == 1 ? null : count - 1);
        }
    }

    /** How many addresses have connections. */
    int addresses() {
        return open.size();
    }

    private static Long key(InetAddress address) {
        var bytes = ByteBuffer.wrap(address.getAddress());
        // What begins with 32 zero bits is no IPv6 address of a client.
        return address instanceof Inet4Address ? bytes.getInt() & 0xffffffffL : bytes.getLong();
    }
}
