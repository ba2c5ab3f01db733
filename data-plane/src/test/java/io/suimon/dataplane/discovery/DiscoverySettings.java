package io.suimon.dataplane.discovery;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.suimon.dataplane.cache.CacheConfig;
import io.suimon.dataplane.cache.CacheFolder;
import io.suimon.dataplane.cache.KeptFile;
import io.suimon.dataplane.discovery.dns.DnsConfig;
import io.suimon.dataplane.listener.TrafficConfig;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Settings as people write them. */
public final class DiscoverySettings {

    private DiscoverySettings() {}

    /**
     * Those of discovery.
     *
     * @param settings names, behind {@code suimon.}, and values
     */
    public static DiscoveryConfig of(Map<String, String> settings) {
        return mapping(settings, DiscoveryConfig.class);
    }

    /** The same for one registry's. */
    public static DnsConfig dns(Map<String, String> settings) {
        return mapping(settings, DnsConfig.class);
    }

    /** The same for traffic's. */
    public static TrafficConfig traffic() {
        return mapping(Map.of(), TrafficConfig.class);
    }

    private static <T> T mapping(Map<String, String> settings, Class<T> type) {
        var named = new HashMap<String, String>();
        settings.forEach((name, value) -> named.put("suimon." + name, value));
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(named, "test", 100))
                .withMapping(type)
                .build()
                .getConfigMapping(type);
    }

    /** Where services are kept in a folder. */
    public static KeptServices kept(CacheFolder folder, Map<String, String> settings) throws IOException {
        return new KeptServices(
                KeptFile.of(folder, mapping(settings, CacheConfig.class), KeptServices.FILE, KeptServices.MAX_BYTES));
    }
}
