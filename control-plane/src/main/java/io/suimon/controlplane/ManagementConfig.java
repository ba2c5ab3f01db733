package io.suimon.controlplane;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where health and metrics are served. */
@ConfigMapping(prefix = "suimon.management")
interface ManagementConfig {

    /** The address it listens on. */
    @WithDefault("127.0.0.1")
    String host();

    /** 0 means any free one. */
    @WithDefault("9181")
    int port();
}
