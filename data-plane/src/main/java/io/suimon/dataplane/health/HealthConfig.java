package io.suimon.dataplane.health;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of health checks. */
@ConfigMapping(prefix = "suimon.health")
public interface HealthConfig {

    /** Whether upstreams that have {@code checks} are checked; without, every endpoint counts as healthy. */
    @WithDefault("true")
    boolean enabled();
}
