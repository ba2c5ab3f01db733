package io.suimon.controlplane;

import io.suimon.controlplane.mirror.StoreMirror;
import io.suimon.controlplane.security.AccessConfig;
import io.suimon.controlplane.security.AdminKeySource;
import io.suimon.controlplane.security.AdminKeys;
import io.suimon.controlplane.store.MeteredConfigStore;
import io.suimon.controlplane.store.StoreConfig;
import io.suimon.controlplane.store.StoreSettingException;
import io.suimon.controlplane.store.embedded.EmbeddedConfigStore;
import io.suimon.engine.compile.RuntimeCompiler;
import io.suimon.engine.plugin.PluginCatalog;
import io.suimon.engine.plugin.PluginServices;
import io.suimon.engine.resource.ResourceParser;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** Builds what the features need of each other. */
final class Wiring {

    @Produces
    @Singleton
    InstantSource clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    PluginCatalog plugins() {
        return PluginCatalog.load();
    }

    @Produces
    @Singleton
    ResourceParser parser() {
        return new ResourceParser();
    }

    @Produces
    @Singleton
    RuntimeCompiler compiler(ResourceParser parser, PluginCatalog plugins) {
        return new RuntimeCompiler(parser, plugins, PluginServices.forAdmission());
    }

    @Produces
    @Singleton
    AdminKeys keys(AccessConfig config) {
        return AdminKeySource.keys(config);
    }

    @Produces
    @Singleton
    MeteredConfigStore store(StoreConfig config, InstantSource clock) {
        return new MeteredConfigStore(
                switch (config.type()) {
                    case EMBEDDED ->
                        EmbeddedConfigStore.open(
                                config.path(), EmbeddedConfigStore.Limits.of(config), clock, new SecureRandom());
                    case ETCD -> throw new StoreSettingException("suimon.store.type", config.type(), "embedded");
                });
    }

    @Produces
    @Singleton
    StoreMirror mirror(MeteredConfigStore store, StoreConfig config) {
        return new StoreMirror(
                store,
                config.mirror().staleAfter(),
                config.mirror().maxPause(),
                System::nanoTime,
                RandomGenerator.getDefault());
    }
}
