package io.suimon.dataplane.control;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of the status server. */
@ConfigMapping(prefix = "suimon.status")
public interface StatusConfig {

    /** The address to listen on. */
    @WithDefault("127.0.0.1")
    String host();

    /** The port to listen on; 0 is any free one. */
    @WithDefault("7085")
    int port();
}
