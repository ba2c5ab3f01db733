package io.suimon.dataplane;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class KnownSettingsTest {

    private final KnownSettings settings =
            new KnownSettings(Set.of("suimon.cache.path", "suimon.control-plane.addresses[*]", "suimon.node.labels.*"));

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({
        "SUIMON_CACHE_PATH, /tmp",
        "SUIMON_CONTROL_PLANE_ADDRESSES, 127.0.0.1:1",
        "SUIMON_CONTROL_PLANE_ADDRESSES_0_, 127.0.0.1:1",
        "SUIMON_NODE_LABELS_ZONE, a",
        "SUIMON_ADMIN_KEY, of the control plane",
        "SUIMON_HOME, of the launcher",
        "SUIMON_CONTROL_PLANE_SERVICE_HOST, 10.0.0.1",
        "SUIMON_CONTROL_PLANE_PORT, tcp://10.0.0.1:9280",
        "SUIMON_CONTROL_PLANE_PORT_9280_TCP_ADDR, 10.0.0.1",
        "PATH, /bin",
    })
    void variablesThatSomebodyReadsPass(String variable, String value) {
        assertThat(settings.unknown(config(Map.of()), Map.of(variable, value))).isEmpty();
    }

    @Test
    void misspeltVariableIsNamedAsPeopleWroteItAndAsASetting() {
        var unknown = settings.unknown(config(Map.of()), Map.of("SUIMON_CACHE_PAHT", "/tmp"));

        assertThat(unknown)
                .contains("settings: SUIMON_CACHE_PAHT (suimon.cache.paht) (expected: only settings there are)");
    }

    @Test
    void misspeltPropertyIsNamed() {
        var unknown = settings.unknown(
                config(Map.of("suimon.cache.paht", "/tmp", "suimon.process", "data-plane-1", "other", "x")), Map.of());

        assertThat(unknown).contains("settings: suimon.cache.paht (expected: only settings there are)");
    }

    private static org.eclipse.microprofile.config.Config config(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(properties, "test", 500))
                .build();
    }
}
