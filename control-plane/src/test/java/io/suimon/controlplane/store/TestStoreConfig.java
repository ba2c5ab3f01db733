package io.suimon.controlplane.store;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;

/** Settings as a test wants them, with all other ones at their defaults. */
public final class TestStoreConfig {

    private TestStoreConfig() {}

    /**
     * These settings.
     *
     * @param settings by name, without {@code suimon.store.}
     */
    public static StoreConfig with(Map<String, String> settings) {
        var source = new HashMap<String, String>();
        source.put("suimon.store.write-deadline", "20s"); // for disks that others use, too
        settings.forEach((name, value) -> source.put("suimon.store." + name, value));
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(source, "test", 100))
                .withMapping(StoreConfig.class)
                .build()
                .getConfigMapping(StoreConfig.class);
    }
}
