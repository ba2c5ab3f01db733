package io.suimon.controlplane;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.suimon.controlplane.admin.AdminConfig;
import io.suimon.controlplane.admin.AdminHttp;
import io.suimon.controlplane.mirror.StoreMirror;
import io.suimon.controlplane.store.ConfigStore;
import io.suimon.controlplane.store.StoreConfig;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Starts the parts of the process in order, and stops them in the opposite one. */
@Singleton
final class Lifecycle {

    private static final Logger LOG = Logger.getLogger(Lifecycle.class);

    private final ConfigStore store;
    private final StoreMirror mirror;

    Lifecycle(ConfigStore store, StoreMirror mirror) {
        this.store = store;
        this.mirror = mirror;
    }

    void route(@Observes Router router, AdminHttp admin) {
        router.route().handler(admin::handle);
    }

    void start(
            @Observes StartupEvent started,
            StoreMetrics metrics,
            MeterRegistry registry,
            AdminConfig admin,
            StoreConfig storeConfig) {
        mirror.start();
        metrics.bindTo(registry);
        LOG.infof("admin API on %s:%d, store %s", admin.host(), admin.port(), storeConfig.type());
    }

    void stop(@Observes ShutdownEvent stopped) {
        mirror.close();
        store.close();
    }
}
