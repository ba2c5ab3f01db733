package io.suimon.dataplane.telemetry;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of metrics. */
@ConfigMapping(prefix = "suimon.metrics")
public interface MetricsConfig {

    /** The address to listen on. */
    @WithDefault("127.0.0.1")
    String host();

    /** The port to listen on; 0 is any free one. */
    @WithDefault("9091")
    int port();

    /** Where metrics are found, exactly. */
    @WithDefault("/apisix/prometheus/metrics")
    String path();

    /**
     * Combinations of labels kept by each event loop for each metric of the traffic. What comes beyond is counted under the route
     * {@code other} with its other labels empty.
     */
    @WithDefault("10000")
    int maxSeries();
}
