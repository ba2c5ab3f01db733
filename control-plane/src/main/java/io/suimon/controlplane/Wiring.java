package io.suimon.controlplane;

import io.suimon.controlplane.admin.AdminConfig;
import io.suimon.controlplane.mirror.LossLimit;
import io.suimon.controlplane.mirror.Mirror;
import io.suimon.controlplane.mirror.StoreMirror;
import io.suimon.controlplane.secret.SecretConfig;
import io.suimon.controlplane.secret.SecretResolver;
import io.suimon.controlplane.security.AccessConfig;
import io.suimon.controlplane.security.AdminKeySource;
import io.suimon.controlplane.security.AdminKeys;
import io.suimon.controlplane.security.EncryptionConfig;
import io.suimon.controlplane.security.FieldEncryption;
import io.suimon.controlplane.security.KeyringSource;
import io.suimon.controlplane.security.StoredSecrets;
import io.suimon.controlplane.store.MeteredConfigStore;
import io.suimon.controlplane.store.StoreConfig;
import io.suimon.controlplane.store.StoreFactory;
import io.suimon.controlplane.stream.NodeRegistry;
import io.suimon.controlplane.stream.StreamConfig;
import io.suimon.controlplane.stream.StreamCounters;
import io.suimon.controlplane.stream.StreamServer;
import io.suimon.engine.compile.RuntimeCompiler;
import io.suimon.engine.plugin.PluginCatalog;
import io.suimon.engine.plugin.PluginServices;
import io.suimon.engine.resource.ResourceParser;
import io.suimon.process.InvalidSettingException;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
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
    AdminKeys keys(AccessConfig config, AdminConfig admin) {
        return AdminKeySource.keys(config, admin.host());
    }

    @Produces
    @Singleton
    MeteredConfigStore store(StoreConfig config) {
        return StoreFactory.open(config);
    }

    @Produces
    @Singleton
    FieldEncryption encryption(EncryptionConfig config, PluginCatalog plugins) {
        return new FieldEncryption(KeyringSource.keyring(config), config.enabled(), plugins);
    }

    @Produces
    @Singleton
    StoreMirror mirror(MeteredConfigStore store, FieldEncryption encryption, StoreConfig config) {
        return new StoreMirror(
                store,
                new StoredSecrets(encryption),
                lossLimit(config),
                config.mirror().staleAfter(),
                config.mirror().maxPause(),
                System::nanoTime,
                RandomGenerator.getDefault());
    }

    private static LossLimit lossLimit(StoreConfig config) {
        var limit = config.mirror().maxLoss();
        if (limit.percent() < 0 || limit.percent() > 100) {
            throw new InvalidSettingException("suimon.store.mirror.max-loss.percent", limit.percent(), "0..100");
        }
        return config.type() == StoreConfig.Type.EMBEDDED
                ? LossLimit.NONE
                : new LossLimit(limit.percent(), Math.max(1, limit.keys()));
    }

    @Produces
    @Singleton
    NodeRegistry nodes(StreamConfig config, InstantSource clock) {
        return new NodeRegistry(clock, config.goneNodes());
    }

    @Produces
    @Singleton
    StreamCounters counters() {
        return new StreamCounters();
    }

    @Produces
    @Singleton
    SecretResolver secrets(SecretConfig config, InstantSource clock) {
        return new SecretResolver(config, System.getenv(), clock, RandomGenerator.getDefault());
    }

    @Produces
    @Singleton
    StreamServer stream(
            StreamConfig config, Mirror mirror, SecretResolver secrets, NodeRegistry nodes, StreamCounters counters) {
        return new StreamServer(config, mirror, secrets::listen, nodes, counters);
    }
}
