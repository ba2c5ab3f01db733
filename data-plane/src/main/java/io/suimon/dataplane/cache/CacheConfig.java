package io.suimon.dataplane.cache;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

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
     * The shortest time from the end of one write to the begin of the next; ten times as long as the write took, at least. While changes
     * keep coming it doubles from write to write, up to eight times. A node that is killed in between and finds no control plane begins
     * with what was written last.
     */
    @WithDefault("100ms")
    Duration interval();

    /** Encrypts the copies: 64 hexadecimal digits, as {@code openssl rand -hex 32} makes them. Best set by the environment. */
    Optional<String> key();

    /** A file with such a key, instead. */
    Optional<Path> keyFile();

    /**
     * What a node begins with that has no copy of its own and reaches no control plane: another node's newest copy, as a path or a URL
     * ({@code file:}, {@code http:}, {@code https:}).
     */
    Optional<String> seed();

    /** How large it may be. */
    @WithDefault("512M")
    MemorySize maxSeedSize();

    /** How long fetching it may take; the start waits for it. */
    @WithDefault("30s")
    Duration seedTimeout();
}
