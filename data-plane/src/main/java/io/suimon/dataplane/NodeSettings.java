package io.suimon.dataplane;

import io.suimon.dataplane.cache.CacheConfig;
import io.suimon.dataplane.control.ControlConfig;
import io.suimon.dataplane.control.StatusConfig;
import io.suimon.dataplane.listener.TrafficConfig;
import io.suimon.dataplane.sync.SyncConfig;
import io.suimon.dataplane.telemetry.MetricsConfig;
import java.util.List;

/** The settings of all features of a node. */
record NodeSettings(
        NodeConfig node,
        SyncConfig sync,
        CacheConfig cache,
        TrafficConfig traffic,
        StatusConfig status,
        ControlConfig control,
        MetricsConfig metrics) {

    /** The features that have settings. */
    static final List<Class<?>> FEATURES = List.of(
            NodeConfig.class,
            SyncConfig.class,
            CacheConfig.class,
            TrafficConfig.class,
            StatusConfig.class,
            ControlConfig.class,
            MetricsConfig.class);
}
