package io.suimon.dataplane;

import io.suimon.dataplane.accesslog.AccessLogConfig;
import io.suimon.dataplane.cache.CacheConfig;
import io.suimon.dataplane.control.ControlConfig;
import io.suimon.dataplane.control.StatusConfig;
import io.suimon.dataplane.directory.DirectoryConfig;
import io.suimon.dataplane.discovery.DiscoveryConfig;
import io.suimon.dataplane.health.HealthConfig;
import io.suimon.dataplane.listener.TrafficConfig;
import io.suimon.dataplane.sync.SyncConfig;
import io.suimon.dataplane.telemetry.MetricsConfig;
import io.suimon.dataplane.tls.TlsConfig;
import io.suimon.dataplane.warmup.WarmUpConfig;
import io.suimon.process.KnownSettings;
import java.util.List;
import java.util.stream.Stream;

/** The settings of all features of a node. */
record NodeSettings(
        NodeConfig node,
        SyncConfig sync,
        CacheConfig cache,
        TrafficConfig traffic,
        WarmUpConfig warmUp,
        AccessLogConfig accessLog,
        TlsConfig tls,
        HealthConfig health,
        DirectoryConfig directory,
        DiscoveryConfig discovery,
        Registries registries,
        StatusConfig status,
        ControlConfig control,
        MetricsConfig metrics) {

    private static final List<Class<?>> FEATURES = List.of(
            NodeConfig.class,
            SyncConfig.class,
            CacheConfig.class,
            TrafficConfig.class,
            WarmUpConfig.class,
            AccessLogConfig.class,
            TlsConfig.class,
            HealthConfig.class,
            DirectoryConfig.class,
            DiscoveryConfig.class,
            StatusConfig.class,
            ControlConfig.class,
            MetricsConfig.class);

    /** What the settings of a control plane begin with. */
    private static final List<String> CONTROL_PLANE = List.of(
            "suimon.admin",
            "suimon.encryption",
            "suimon.secrets",
            "suimon.store",
            "suimon.stream",
            "suimon.management");

    /** Which settings a node has. */
    static KnownSettings known() {
        return new KnownSettings(
                Stream.concat(FEATURES.stream(), Registries.FEATURES.stream()).toList(), CONTROL_PLANE);
    }
}
