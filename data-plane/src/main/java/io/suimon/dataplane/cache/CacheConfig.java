package io.suimon.dataplane.cache;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** Settings of the configuration's copy on disk. */
@ConfigMapping(prefix = "suimon.cache")
public interface CacheConfig {

    /** The folder; made where it is missing. It belongs to one node. */
    @WithDefault("cache")
    Path path();

    /** Generations kept. */
    @WithDefault("3")
    int generations();

    /**
     * The shortest time from the end of one write to the begin of the next; ten times as long as the write took, at least. A node that
     * is killed in between and finds no control plane begins with what was written last.
     */
    @WithDefault("100ms")
    Duration interval();
}
