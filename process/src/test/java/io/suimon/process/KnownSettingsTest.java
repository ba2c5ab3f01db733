package io.suimon.process;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class KnownSettingsTest {

    @ConfigMapping(prefix = "suimon.tower")
    interface Tower {

        @WithDefault("80")
        int doorWidth();

        List<String> floors();

        Map<String, String> labels();

        Map<String, Bell> bells();

        interface Bell {

            @WithDefault("c")
            String tone();
        }
    }

    private final KnownSettings settings = new KnownSettings(List.of(Tower.class), List.of("suimon.moat"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "suimon.tower.door-width",
                "suimon.tower.floors",
                "suimon.tower.floors[0]",
                "suimon.tower.labels.zone",
                "suimon.tower.labels.\"zone.of\"",
                "suimon.tower.labels.zone.of",
                "suimon.tower.bells.big.tone",
                "suimon.tower.bells.\"the.big\".tone",
                "suimon.process",
                "other.tower",
            })
    void propertiesThatAreReadPass(String name) {
        var config = config(Map.of(name, "1"));

        assertThatCode(() -> settings.refuseOthers(config, Map.of())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "suimon.towre.door-width",
                "suimon.tower.doorwidth",
                "suimon.tower.door-width1",
                "suimon.tower.door-width[0]",
                "suimon.tower-door-width",
                "suimon.tower.labels",
                "suimon.tower.bells.big.loudness",
                "suimon.tower.bells.the.big.tone",
                "suimon.moat.depth",
                "suimon.nope",
            })
    void propertiesNobodyReadsAreNamed(String name) {
        var config = config(Map.of(name, "1"));

        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> settings.refuseOthers(config, Map.of()))
                .withMessage("settings: " + name + " (expected: only settings there are)");
    }

    @Test
    void defaultsPass() {
        var config = new SmallRyeConfigBuilder()
                .withDefaultValue("suimon.tower.door-width", "80")
                .withDefaultValue("suimon.tower.bells.*.tone", "c")
                .build();

        assertThatCode(() -> settings.refuseOthers(config, Map.of())).doesNotThrowAnyException();
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({
        "SUIMON_TOWER_DOOR_WIDTH, 1",
        "SUIMON_tower_door_width, 1",
        "SUIMON_TOWER_FLOORS, a",
        "SUIMON_TOWER_FLOORS_0_, a",
        "SUIMON_TOWER_LABELS_ZONE, a",
        "SUIMON_TOWER_LABELS__ZONE_OF_, a",
        "SUIMON_TOWER_BELLS_BIG_TONE, c",
        "SUIMON_MOAT_DEPTH, of the neighbour",
        "SUIMON_HOME, of the launcher",
        "SUIMON_CONTROL_PLANE_SERVICE_HOST, 10.0.0.1",
        "SUIMON_CONTROL_PLANE_SERVICE_PORT_HTTP, 9180",
        "SUIMON_CONTROL_PLANE_PORT, tcp://10.0.0.1:9280",
        "SUIMON_CONTROL_PLANE_PORT_9280_TCP_ADDR, 10.0.0.1",
        "SUIMON_CONTROL_PLANE_PORT_9280_SCTP_PROTO, sctp",
        "PATH, /bin",
    })
    void variablesThatSomebodyReadsPass(String variable, String value) {
        assertThatCode(() -> settings.refuseOthers(config(Map.of()), Map.of(variable, value)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "SUIMON_TOWER_DOOR_WITDH, suimon.tower.door.witdh",
        "SUIMON_TOWER_DOORWIDTH, suimon.tower.doorwidth",
        "SUIMON_TOWER_DOOR_WIDTH1, suimon.tower.door.width1",
        "SUIMON_TOWER_FLOORS_0, suimon.tower.floors.0",
        "SUIMON_TOWER_LABELS, suimon.tower.labels",
        "SUIMON_TOWER_LABELSX, suimon.tower.labelsx",
        "SUIMON_MOATS_DEPTH, suimon.moats.depth",
    })
    void variablesNobodyReadsAreNamedAsPeopleWroteThemAndAsSettings(String variable, String setting) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> settings.refuseOthers(config(Map.of()), Map.of(variable, "1")))
                .withMessage("settings: " + variable + " (" + setting + ") (expected: only settings there are)");
    }

    @Test
    void allThatNobodyReadsIsNamedAtOnceInOrder() {
        var config = config(Map.of("suimon.b", "1", "suimon.a", "1", "suimon.tower.floors", "1"));

        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> settings.refuseOthers(config, Map.of("SUIMON_C", "1")))
                .withMessage("settings: SUIMON_C (suimon.c), suimon.a, suimon.b (expected: only settings there are)");
    }

    private static Config config(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build();
    }
}
