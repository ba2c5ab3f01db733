package io.suimon.it;

import io.suimon.harness.Gateway;
import io.suimon.harness.PlaneProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A plane that cannot start says why in one line, and ends with exit code 1. */
class StartUpErrorsIT {

    private static final List<String> UNPINNED = List.of();

    @TempDir
    Path folder;

    private Gateway gateway;

    @BeforeEach
    void describe() {
        gateway = new Gateway(Checkout.ROOT, folder);
    }

    @ParameterizedTest(name = "control plane with {0}={1} says {2}")
    @CsvSource({
        "SUIMON_STORE_ETCD_ENDPOINTS, nonsense, nonsense",
        "SUIMON_ADMIN_PORT, 70000, 70000",
        "SUIMON_STORE_TYPE, postgres, postgres",
        "SUIMON_STREAM_HOST, 0.0.0.0, 0.0.0.0",
        "SUIMON_ENCRYPTION_KEYRING, too-short, key 1 of 9 bytes",
        "SUIMON_ADMIM_PORT, 9180, admim",
        "SUIMON_ADMIN_TLS_CLIENT_CA, /nowhere.pem, suimon.admin.tls.client-ca",
        "SUIMON_ADMIN_TLS_KEY, /nowhere.pem, suimon.admin.tls",
        "SUIMON_ADMIN_API_VERSION, v9, v9",
    })
    void controlPlaneNamesTheSettingThatIsWrong(String setting, String value, String said) {
        var type = setting.contains("ETCD") ? "etcd" : "embedded";
        try (var plane = gateway.startControlPlane(UNPINNED, settings(setting, value, type))) {
            assertEndsWithOneLine(plane, said);
        }
    }

    @ParameterizedTest(name = "data plane with {0}={1} says {2}")
    @CsvSource({
        "SUIMON_TRAFFIC_PORT, 70000, 70000",
        "SUIMON_CONTROL_PLANE_ADDRESSES, nowhere, nowhere",
        "SUIMON_CONTROL_PLANE_ADDRESSES, 192.0.2.1:9280, 192.0.2.1",
        "SUIMON_TRAFIC_PORT, 9080, trafic",
        "SUIMON_TRAFFIC_ROUTER, radixtree, radixtree-host-uri",
    })
    void dataPlaneNamesTheSettingThatIsWrong(String setting, String value, String said) {
        try (var plane = gateway.startDataPlane(UNPINNED, Map.of(setting, value))) {
            assertEndsWithOneLine(plane, said);
        }
    }

    @Test
    void anApiForStrangersNeedsKeys() {
        var settings = Map.of("SUIMON_ADMIN_HOST", "0.0.0.0", "SUIMON_ADMIN_KEY_REQUIRED", "false");
        try (var plane = gateway.startControlPlane(UNPINNED, settings)) {
            assertEndsWithOneLine(plane, "suimon.admin.key-required: false");
        }
    }

    @Test
    void takenPortsAreNamed() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = "" + taken.getLocalPort();
            for (var setting : List.of("SUIMON_ADMIN_PORT", "SUIMON_STREAM_PORT", "SUIMON_MANAGEMENT_PORT")) {
                try (var plane = gateway.startControlPlane(UNPINNED, Map.of(setting, port))) {
                    assertEndsWithOneLine(plane, port);
                }
            }
            for (var setting : List.of(
                    "SUIMON_TRAFFIC_PORT",
                    "SUIMON_TLS_PORT",
                    "SUIMON_STATUS_PORT",
                    "SUIMON_METRICS_PORT",
                    "SUIMON_CONTROL_PORT")) {
                try (var plane = gateway.startDataPlane(UNPINNED, Map.of(setting, port))) {
                    assertEndsWithOneLine(plane, port);
                }
            }
        }
    }

    @Test
    void unusableFoldersAreNamed() throws IOException {
        var file = Files.writeString(folder.resolve("a-file"), "not a folder");
        var below = file.resolve("below").toString();

        try (var plane = gateway.startControlPlane(UNPINNED, Map.of("SUIMON_STORE_PATH", below))) {
            assertEndsWithOneLine(plane, below);
        }
    }

    @Test
    void aStoreBelongsToOneProcess() {
        try (var first = gateway.startControlPlane(UNPINNED, Map.of())) {
            first.awaitReady();
            var other = new Gateway(Checkout.ROOT, folder.resolve("other"));
            var store = folder.resolve("store").toString();
            try (var second = other.startControlPlane(UNPINNED, Map.of("SUIMON_STORE_PATH", store))) {
                assertEndsWithOneLine(second, store);
                assertThat(first.alive()).isTrue();
            }
        }
    }

    private static Map<String, String> settings(String setting, String value, String storeType) {
        return setting.equals("SUIMON_STORE_TYPE")
                ? Map.of(setting, value)
                : Map.of(setting, value, "SUIMON_STORE_TYPE", storeType);
    }

    private static void assertEndsWithOneLine(PlaneProcess plane, String said) {
        int exitCode = plane.awaitExit(Duration.ofMinutes(2));
        var complaints =
                plane.log().lines().filter(line -> line.contains("ERROR")).toList();

        assertThat(exitCode).as(plane.log()).isEqualTo(1);
        assertThat(complaints).as(plane.log()).isNotEmpty();
        assertThat(complaints.getLast()).contains(said);
        assertThat(plane.log()).doesNotContain("\tat ");
    }
}
