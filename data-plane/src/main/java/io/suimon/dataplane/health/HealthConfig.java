package io.suimon.dataplane.health;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of health checks. */
@ConfigMapping(prefix = "suimon.health")
public interface HealthConfig {

    /** Whether upstreams that have {@code checks} are checked; without, every endpoint counts as healthy. */
    @WithDefault("true")
    boolean enabled();

    /** Probes under way at a time, of all upstreams; those beyond wait, and begin later than their interval says. */
    @WithDefault("1000")
    int maxProbes();

    /**
     * Probes of a healthy node that share a connection, one after the other, where the node lets it live; 1 is a new connection for
     * each.
     */
    @WithDefault("100")
    int probesPerConnection();

    /** Connections of probes kept for the next one, of all upstreams; those beyond are closed. */
    @WithDefault("10000")
    int maxIdleConnections();
}
