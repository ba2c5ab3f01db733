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
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Stream;

/** The settings of all features of a node: of itself, and of what it does, one group for each. */
@Singleton
record NodeSettings(
        NodeConfig node, Configuration configuration, Requests requests, Origins origins, Management management) {

    /** How it comes by its configuration, and keeps it. */
    @Singleton
    record Configuration(SyncConfig sync, CacheConfig cache) {}

    /** What becomes of a request. */
    @Singleton
    record Requests(TrafficConfig traffic, TlsConfig tls, AccessLogConfig accessLog, WarmUpConfig warmUp) {}

    /** Who is asked on behalf of requests, and how it is known whether they are there. */
    @Singleton
    record Origins(HealthConfig health, DirectoryConfig directory, DiscoveryConfig discovery, Registries registries) {}

    /** Where it says how it is. */
    @Singleton
    record Management(StatusConfig status, ControlConfig control, MetricsConfig metrics) {}

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
