package io.suimon.dataplane.health;

import io.suimon.engine.health.EndpointHealth;

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
    private long quietUntil = Long.MIN_VALUE;
    private int hidden;

    Watched(Address address) {
        this.address = address;
    }

    Address address() {
        return address;
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
