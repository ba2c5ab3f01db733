package io.suimon.controlplane;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.suimon.controlplane.admin.AdminConfig;
import io.suimon.controlplane.security.AccessConfig;
import io.suimon.controlplane.store.StoreConfig;
import io.suimon.controlplane.stream.StreamConfig;
import io.suimon.process.InvalidSettingException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class KnownSettingsTest {

    @Test
    void defaultsAreKnown() {
        assertThatCode(() -> KnownSettings.refuseOthers(config(Map.of()), Map.of()))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "suimon.admin.port",
                "suimon.admin.key-file",
                "suimon.admin.allow",
                "suimon.admin.allow[0]",
                "suimon.admin.keys.bob.role",
                "suimon.store.etcd.tls.ca-file",
                "suimon.process",
            })
    void settingsThatAreReadAreKnown(String name) {
        assertThatCode(() -> KnownSettings.refuseOthers(source(name), Map.of())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"suimon.admim.port", "suimon.admin.prot", "suimon.nope"})
    void misspeltSettingsEndTheStart(String name) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> KnownSettings.refuseOthers(source(name), Map.of()))
                .withMessageContaining(name);
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({
        "SUIMON_ADMIN_PORT, 1",
        "SUIMON_ADMIN_KEY_FILE, x",
        "SUIMON_ADMIN_KEYS_BOB_KEY, x",
        "SUIMON_STORE_ETCD_ENDPOINTS, x",
        "SUIMON_STREAM_TLS_CERTIFICATE, x",
        "SUIMON_MANAGEMENT_HOST, x",
        "SUIMON_TRAFFIC_PORT, 1", // the other plane's, in an environment both share
        "SUIMON_HOME, x",
        "SUIMON_CONTROL_PLANE_SERVICE_HOST, 10.0.0.1",
        "SUIMON_CONTROL_PLANE_PORT, tcp://10.0.0.1:9180",
        "SUIMON_CONTROL_PLANE_PORT_9180_TCP_ADDR, 10.0.0.1",
    })
    void variablesThatAreReadAreKnown(String name, String value) {
        assertThatCode(() -> KnownSettings.refuseOthers(config(Map.of()), Map.of(name, value)))
                .doesNotThrowAnyException();
    }

    @Test
    void misspeltVariablesEndTheStart() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> KnownSettings.refuseOthers(config(Map.of()), Map.of("SUIMON_ADMIM_PORT", "9180")))
                .withMessageContaining("suimon.admim.port");
    }

    private static SmallRyeConfig source(String name) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(Map.of(name, "1"), "test", 100))
                .build();
    }

    private static SmallRyeConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(AdminConfig.class)
                .withMapping(AccessConfig.class)
                .withMapping(ManagementConfig.class)
                .withMapping(StoreConfig.class)
                .withMapping(StreamConfig.class)
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .build();
    }
}
