package io.suimon.controlplane;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.suimon.controlplane.admin.AdminConfig;
import io.suimon.controlplane.security.AccessConfig;
import io.suimon.controlplane.security.EncryptionConfig;
import io.suimon.controlplane.store.StoreConfig;
import io.suimon.controlplane.stream.StreamConfig;
import io.suimon.process.InvalidSettingException;
import io.suimon.process.KnownSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ControlPlaneSettingsTest {

    private final KnownSettings known = ControlPlaneSettings.known();

    @Test
    void defaultsAreKnown() {
        var config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(AdminConfig.class)
                .withMapping(AccessConfig.class)
                .withMapping(EncryptionConfig.class)
                .withMapping(ManagementConfig.class)
                .withMapping(StoreConfig.class)
                .withMapping(StreamConfig.class)
                .build();

        assertThatCode(() -> known.refuseOthers(config, Map.of())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "suimon.admin.port",
                "suimon.admin.key-file",
                "suimon.admin.allow",
                "suimon.admin.allow[0]",
                "suimon.admin.keys.bob.role",
                "suimon.encryption.keyring[1]",
                "suimon.management.host",
                "suimon.store.etcd.tls.ca-file",
                "suimon.stream.tls.certificate",
                "suimon.process",
            })
    void settingsThatAreReadAreKnown(String name) {
        assertThatCode(() -> known.refuseOthers(config(Map.of(name, "1")), Map.of()))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"suimon.admim.port", "suimon.admin.prot", "suimon.nope"})
    void misspeltSettingsEndTheStart(String name) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> known.refuseOthers(config(Map.of(name, "1")), Map.of()))
                .withMessageContaining(name);
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({
        "SUIMON_ADMIN_PORT, 1",
        "SUIMON_ADMIN_KEY_FILE, x",
        "SUIMON_ADMIN_KEYS_BOB_KEY, x",
        "SUIMON_STORE_ETCD_ENDPOINTS, x",
        "SUIMON_ENCRYPTION_KEYRING, x",
        "SUIMON_STREAM_TLS_CERTIFICATE, x",
        "SUIMON_MANAGEMENT_HOST, x",
        "SUIMON_HOME, x",
        "SUIMON_CONTROL_PLANE_SERVICE_HOST, 10.0.0.1",
        "SUIMON_CONTROL_PLANE_PORT, tcp://10.0.0.1:9180",
        "SUIMON_CONTROL_PLANE_PORT_9180_TCP_ADDR, 10.0.0.1",
    })
    void variablesThatAreReadAreKnown(String name, String value) {
        assertThatCode(() -> known.refuseOthers(config(Map.of()), Map.of(name, value)))
                .doesNotThrowAnyException();
    }

    /** The reference is written from the sources: no feature of a node can be forgotten. */
    static Stream<String> variablesOfANode() throws IOException {
        var reference = Files.readString(Path.of("../docs/settings.md"));
        var ofNodes = reference.substring(reference.indexOf("\n## Data plane"));
        return Pattern.compile("`(SUIMON_[A-Z0-9_]+)`")
                .matcher(ofNodes)
                .results()
                .map(found -> found.group(1));
    }

    @ParameterizedTest
    @MethodSource("variablesOfANode")
    void variablesOfANodeMayBeInTheSameEnvironment(String name) {
        assertThatCode(() -> known.refuseOthers(config(Map.of()), Map.of(name, "x")))
                .doesNotThrowAnyException();
    }

    @Test
    void misspeltVariablesEndTheStart() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> known.refuseOthers(config(Map.of()), Map.of("SUIMON_ADMIM_PORT", "9180")))
                .withMessageContaining("suimon.admim.port");
    }

    private static SmallRyeConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .build();
    }
}
