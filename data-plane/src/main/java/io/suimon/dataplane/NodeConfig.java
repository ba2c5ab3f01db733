package io.suimon.dataplane;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Settings of the node as a whole. */
@ConfigMapping(prefix = "suimon.node")
public interface NodeConfig {

    /** Its name; without one it is the host's name with a random suffix that is kept in the cache folder. */
    Optional<String> id();

    /** What people want to tell nodes apart by. */
    Map<String, String> labels();

    /** How long exchanges that run may take when the process is told to stop. */
    @WithDefault("30s")
    Duration drainTimeout();
}
