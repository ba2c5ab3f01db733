package io.suimon.controlplane.secret;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** Settings as a process would have them. */
final class TestSettings {

    private TestSettings() {}

    /** @param chosen by name; others are at their defaults */
    static SecretConfig of(Map<String, String> chosen) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(chosen, "test", 100))
                .withMapping(SecretConfig.class)
                .build()
                .getConfigMapping(SecretConfig.class);
    }
}
