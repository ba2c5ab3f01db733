package io.suimon.dataplane;

import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.suimon.dataplane.cache.CacheConfig;
import io.suimon.dataplane.control.ControlConfig;
import io.suimon.dataplane.control.StatusConfig;
import io.suimon.dataplane.directory.DirectoryConfig;
import io.suimon.dataplane.health.HealthConfig;
import io.suimon.dataplane.listener.TrafficConfig;
import io.suimon.dataplane.sync.SyncConfig;
import io.suimon.dataplane.telemetry.MetricsConfig;
import io.suimon.dataplane.tls.TlsConfig;
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
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class NodeSettingsTest {

    private final KnownSettings known = NodeSettings.known();
    private final SmallRyeConfig config = new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(NodeConfig.class)
            .withMapping(SyncConfig.class)
            .withMapping(CacheConfig.class)
            .withMapping(TrafficConfig.class)
            .withMapping(TlsConfig.class)
            .withMapping(HealthConfig.class)
            .withMapping(DirectoryConfig.class)
            .withMapping(StatusConfig.class)
            .withMapping(ControlConfig.class)
            .withMapping(MetricsConfig.class)
            .build();

    @Test
    void defaultsAreKnown() {
        assertThatCode(() -> known.refuseOthers(config, Map.of())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SUIMON_NODE_LABELS_ZONE",
                "SUIMON_CONTROL_PLANE_ADDRESSES",
                "SUIMON_CONTROL_PLANE_ADDRESSES_0_",
                "SUIMON_CACHE_PATH",
                "SUIMON_TRAFFIC_TRUSTED_ADDRESSES",
                "SUIMON_TLS_PORT",
                "SUIMON_TLS_UPSTREAM_VERIFY",
                "SUIMON_STATUS_PORT",
                "SUIMON_CONTROL_HOST",
                "SUIMON_METRICS_MAX_SERIES",
                "SUIMON_HOME",
            })
    void variablesThatAreReadAreKnown(String name) {
        assertThatCode(() -> known.refuseOthers(config, Map.of(name, "x"))).doesNotThrowAnyException();
    }

    /** The reference is written from the sources: no feature of a control plane can be forgotten. */
    static Stream<String> variablesOfAControlPlane() throws IOException {
        var reference = Files.readString(Path.of("../docs/settings.md"));
        var ofControlPlanes =
                reference.substring(reference.indexOf("\n## Control plane"), reference.indexOf("\n## Data plane"));
        return Pattern.compile("`(SUIMON_[A-Z0-9_]+)`")
                .matcher(ofControlPlanes)
                .results()
                .map(found -> found.group(1));
    }

    @ParameterizedTest
    @MethodSource("variablesOfAControlPlane")
    void variablesOfAControlPlaneMayBeInTheSameEnvironment(String name) {
        assertThatCode(() -> known.refuseOthers(config, Map.of(name, "x"))).doesNotThrowAnyException();
    }

    @Test
    void misspeltVariablesEndTheStart() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> known.refuseOthers(config, Map.of("SUIMON_CACHE_PAHT", "/tmp")))
                .withMessage("settings: SUIMON_CACHE_PAHT (suimon.cache.paht) (expected: only settings there are)");
    }
}
