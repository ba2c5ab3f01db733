package io.suimon.controlplane.store;

import io.suimon.controlplane.store.embedded.EmbeddedConfigStore;
import io.suimon.controlplane.store.etcd.EtcdConfigStore;
import java.security.SecureRandom;
import java.time.InstantSource;

/** Opens the store that the settings ask for. */
public final class StoreFactory {

    private StoreFactory() {}

    /**
     * The store, counted.
     *
     * @throws io.suimon.process.InvalidSettingException for settings that cannot be used, and a folder that cannot; an etcd that is down
     *     is no reason
     */
    public static MeteredConfigStore open(StoreConfig config) {
        var random = new SecureRandom();
        return new MeteredConfigStore(
                switch (config.type()) {
                    case EMBEDDED ->
                        EmbeddedConfigStore.open(
                                config.path(), EmbeddedConfigStore.Limits.of(config), InstantSource.system(), random);
                    case ETCD -> EtcdConfigStore.open(config, random);
                });
    }
}
