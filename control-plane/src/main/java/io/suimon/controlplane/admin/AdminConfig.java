package io.suimon.controlplane.admin;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** How the Admin API is reached and what it bears. */
@ConfigMapping(prefix = "suimon.admin")
public interface AdminConfig {

    /** The two APIs of APISIX for configuration. */
    enum Mode {
        /** Every resource by itself, as with etcd. */
        RESOURCES,
        /** One document with everything, as in APISIX's API-driven standalone mode. */
        CONFIGS
    }

    /** How configuration is written: {@code resources} one by one, or all of it as one document ({@code configs}). */
    @WithDefault("resources")
    Mode mode();

    /** The address it listens on. */
    @WithDefault("127.0.0.1")
    String host();

    /** 0 means any free one. */
    @WithDefault("9180")
    int port();

    /** Blocks of addresses that may reach it at all. */
    @WithDefault("127.0.0.0/8,::1")
    List<String> allow();

    /** What it calls itself in answers. */
    @WithDefault("APISIX/3.18.0")
    String serverHeader();

    /** How many requests may be under way at once; one more is answered 503. */
    @WithDefault("256")
    int maxRequests();

    /** How long a client may take to send a body; a slower one is cut off. */
    @WithDefault("30s")
    Duration bodyTimeout();
}
