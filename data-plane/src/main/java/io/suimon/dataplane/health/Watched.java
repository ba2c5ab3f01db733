package io.suimon.dataplane.health;

import io.suimon.engine.health.EndpointHealth;
import java.net.InetAddress;
import java.util.List;

/** One node that a checker watches. */
final class Watched {

    /** What makes it the same node when the configuration changes. */
    record Address(String host, int port) {

        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    private final Address address;
    private final EndpointHealth health = new EndpointHealth();
    private volatile String ip;
    private int turn;
    private long quietUntil = Long.MIN_VALUE;
    private int hidden;

    Watched(Address address) {
        this.address = address;
        this.ip = address.host();
    }

    Address address() {
        return address;
    }

    /** Where it is, as far as anybody looked: an address, or its name; for any thread. */
    String ip() {
        return ip;
    }

    /** It was found here. */
    void at(InetAddress found) {
        var text = found.getHostAddress();
        if (!text.equals(ip)) {
            ip = text;
        }
    }

    /** Of several addresses, another one each time. */
    InetAddress next(List<InetAddress> addresses) {
        turn = turn + 1 & Integer.MAX_VALUE;
        return addresses.get(turn % addresses.size());
    }

    /** Read and written by any thread. */
    EndpointHealth health() {
        return health;
    }

    /**
     * Whether a change may be logged; one that may not is counted.
     *
     * @param now on the monotonic clock
     * @param quietNanos no more is logged for so long
     */
    boolean mayLog(long now, long quietNanos) {
        if (quietUntil != Long.MIN_VALUE && now - quietUntil < 0) {
            hidden++;
            return false;
        }
        quietUntil = now + quietNanos;
        return true;
    }

    /** How many changes were not logged since the last time this was asked. */
    int takeHidden() {
        int taken = hidden;
        hidden = 0;
        return taken;
    }
}
