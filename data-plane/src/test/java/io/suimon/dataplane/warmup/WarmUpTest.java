package io.suimon.dataplane.warmup;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.suimon.dataplane.listener.TrafficConfig;
import io.suimon.dataplane.tls.TlsConfig;
import io.suimon.engine.compile.RuntimeCompiler;
import io.suimon.engine.plugin.PluginCatalog;
import io.suimon.engine.plugin.PluginServices;
import io.suimon.engine.resource.ResourceParser;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class WarmUpTest {

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "suimon.traffic.event-loops,                 4",
        "suimon.traffic.native-transport,            false",
        "suimon.traffic.max-requests-per-connection, 3", // fewer than it would send on one
        "suimon.traffic.path.delete-tail-slash,      true",
        "suimon.traffic.http2.max-streams,           1", // and no more than that of a connection
        "suimon.tls.enabled,                         false",
    })
    void carriesRequestsHoweverTheNodeIsSet(String name, String value) throws IOException {
        var warmUp = warmUp(Map.of(name, value));

        var answered = warmUp.run(Duration.ofSeconds(2));

        assertThat(answered.http1()).isPositive();
        assertThat(answered.http2()).isPositive();
    }

    @Test
    void speaksNoHttp2WhereClientsMayNot() throws IOException {
        var warmUp = warmUp(Map.of("suimon.traffic.http2.enabled", "false"));

        var answered = warmUp.run(Duration.ofSeconds(1));

        assertThat(answered.http1()).isPositive();
        assertThat(answered.http2()).isZero();
    }

    @Test
    void leavesNoThreadBehind() throws IOException {
        var warmUp = warmUp(Map.of());

        warmUp.run(Duration.ofMillis(50));

        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("warm-up")));
    }

    private static WarmUp warmUp(Map<String, String> settings) {
        var config = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .withMapping(TrafficConfig.class)
                .withMapping(TlsConfig.class)
                .build();
        return new WarmUp(
                config.getConfigMapping(TrafficConfig.class),
                config.getConfigMapping(TlsConfig.class),
                new RuntimeCompiler(new ResourceParser(), PluginCatalog.load(), PluginServices.forAdmission()));
    }
}
