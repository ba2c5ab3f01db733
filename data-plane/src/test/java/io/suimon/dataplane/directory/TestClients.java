package io.suimon.dataplane.directory;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.suimon.dataplane.tls.TlsConfig;
import java.io.IOException;
import java.util.Map;

/** Clients of directories with settings of a test. */
public final class TestClients {

    private TestClients() {}

    /** One with these settings, by their full names. */
    public static DirectoryClient of(Map<String, String> settings) throws IOException {
        var config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .withMapping(DirectoryConfig.class)
                .withMapping(TlsConfig.class)
                .build();
        return new DirectoryClient(
                config.getConfigMapping(DirectoryConfig.class), config.getConfigMapping(TlsConfig.class));
    }
}
