package io.suimon.dataplane;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
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
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Starts the node with the process, and stops it before the process ends. */
@Singleton
final class NodeLifecycle {

    private final NodeSettings settings;
    private final Vertx vertx;
    private @Nullable Node node;

    NodeLifecycle(
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
            MetricsConfig metrics,
            Vertx vertx) {
        this.settings = new NodeSettings(
                node,
                sync,
                cache,
                traffic,
                warmUp,
                accessLog,
                tls,
                health,
                directory,
                discovery,
                registries,
                status,
                control,
                metrics);
        this.vertx = vertx;
    }

    void start(
            @Observes StartupEvent started,
            Config config,
            @ConfigProperty(name = "quarkus.application.version") String version)
            throws IOException {
        NodeSettings.known().refuseOthers(config, System.getenv());
        node = Node.start(settings, version, vertx);
        if (settings.warmUp().only()) {
            Quarkus.asyncExit();
        }
    }

    void stop(@Observes ShutdownEvent stopped) {
        var running = node;
        if (running != null) {
            running.close();
        }
    }
}
