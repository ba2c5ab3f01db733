package io.suimon.dataplane.warmup;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the requests that a node sends through itself before it is ready. */
@ConfigMapping(prefix = "suimon.warm-up")
public interface WarmUpConfig {

    /** How long; 0 is not at all. */
    @WithDefault("PT0.3S")
    Duration time();

    /** Whether the process ends after it: what an AOT cache is recorded from. */
    @WithDefault("false")
    boolean only();
}
