package io.suimon.dataplane.control;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of the Control API. It asks nobody who they are, so it belongs on loopback. */
@ConfigMapping(prefix = "suimon.control")
public interface ControlConfig {

    /** The address to listen on. */
    @WithDefault("127.0.0.1")
    String host();

    /** The port to listen on; 0 is any free one. */
    @WithDefault("9090")
    int port();
}
