package io.suimon.it.stream;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** Makes a feature's settings as the process would: defaults, and what a test sets. */
final class Settings {

    private static final int ORDINAL = 500;

    private Settings() {}

    static <C> C of(Class<C> type, Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(type)
                .withSources(new PropertiesConfigSource(values, "test", ORDINAL))
                .build()
                .getConfigMapping(type);
    }
}
