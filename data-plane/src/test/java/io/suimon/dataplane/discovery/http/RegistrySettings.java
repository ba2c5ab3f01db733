package io.suimon.dataplane.discovery.http;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;

/** Settings of a registry, as people write them. */
public final class RegistrySettings {

    private RegistrySettings() {}

    /**
     * Those of one type.
     *
     * @param prefix what their names begin with, with the dot
     * @param settings names behind it, and values
     */
    public static <T> T of(Class<T> type, String prefix, Map<String, String> settings) {
        var named = new HashMap<String, String>();
        settings.forEach((name, value) -> named.put(prefix + name, value));
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(named, "test", 100))
                .withMapping(type)
                .build()
                .getConfigMapping(type);
    }

    /** The settings of a table: {@code name=value; name=value}. */
    public static Map<String, String> parse(String text) {
        var settings = new HashMap<String, String>();
        for (var one : text.split("; *", -1)) {
            int equals = one.indexOf('=');
            settings.put(one.substring(0, equals), one.substring(equals + 1));
        }
        return settings;
    }
}
