package io.suimon.controlplane;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.ManagementInterface;
import io.suimon.controlplane.admin.AdminConfig;
import io.suimon.controlplane.admin.AdminListener;
import io.suimon.controlplane.admin.OpenApiDocument;
import io.suimon.controlplane.mirror.StoreMirror;
import io.suimon.controlplane.secret.SecretMetrics;
import io.suimon.controlplane.secret.SecretResolver;
import io.suimon.controlplane.store.ConfigStore;
import io.suimon.controlplane.store.StoreConfig;
import io.suimon.controlplane.stream.StreamServer;
import io.suimon.process.InvalidSettingException;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

/** Starts the parts of the process in order, and stops them in the opposite one. */
@Singleton
final class Lifecycle {

    private static final int MAX_PORT = 65_535;

    private static final Logger LOG = Logger.getLogger(Lifecycle.class);

    private final ConfigStore store;
    private final StoreMirror mirror;
    private final SecretResolver secrets;
    private final StreamServer stream;
    private final AdminListener listener;
    private final Preparation preparation;

    Lifecycle(
            ConfigStore store,
            StoreMirror mirror,
            SecretResolver secrets,
            StreamServer stream,
            AdminListener listener,
            Preparation preparation) {
        this.store = store;
        this.mirror = mirror;
        this.secrets = secrets;
        this.stream = stream;
        this.listener = listener;
        this.preparation = preparation;
    }

    /** Before anything else: the router is told of first. */
    void check(@Observes Router router, AdminConfig config, ManagementConfig management) {
        ControlPlaneSettings.known().refuseOthers(ConfigProvider.getConfig(), System.getenv());
        refuseUnlessPort("suimon.admin.port", config.port());
        refuseUnlessPort("suimon.management.port", management.port());
    }

    /** Who may see metrics may see what the API looks like. */
    void describe(@Observes ManagementInterface management, OpenApiDocument openApi) {
        var json = Buffer.buffer(openApi.json());
        management
                .router()
                .get("/q/openapi")
                .handler(context -> context.response()
                        .putHeader("Content-Type", "application/json")
                        .end(json));
    }

    private static void refuseUnlessPort(String setting, int port) {
        if (port < 0 || port > MAX_PORT) {
            throw new InvalidSettingException(setting, port, "0.." + MAX_PORT);
        }
    }

    void start(
            @Observes StartupEvent started,
            ProcessMetrics metrics,
            SecretMetrics secretMetrics,
            MeterRegistry registry,
            AdminConfig admin,
            StoreConfig storeConfig) {
        mirror.start();
        mirror.listen(secrets);
        secrets.start();
        preparation.start();
        metrics.bindTo(registry);
        secretMetrics.bindTo(registry);
        try {
            stream.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        listener.start();
        var scheme = admin.tls().certificate().isPresent() ? "https" : "http";
        LOG.infof("admin API on %s://%s:%d, store %s", scheme, admin.host(), listener.port(), storeConfig.type());
    }

    void stop(@Observes ShutdownEvent stopped) {
        listener.stop();
        stream.close();
        secrets.close();
        mirror.close();
        store.close();
    }
}
