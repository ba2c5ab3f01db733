package io.suimon.dataplane;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
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

    NodeLifecycle(NodeSettings settings, Vertx vertx) {
        this.settings = settings;
        this.vertx = vertx;
    }

    void start(
            @Observes StartupEvent started,
            Config config,
            @ConfigProperty(name = "quarkus.application.version") String version)
            throws IOException {
        NodeSettings.known().refuseOthers(config, System.getenv());
        node = Node.start(settings, version, vertx);
        if (settings.requests().warmUp().only()) {
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
