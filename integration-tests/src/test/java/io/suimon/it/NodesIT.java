package io.suimon.it;

import io.suimon.harness.Commands;
import io.suimon.harness.Gateway;
import io.suimon.harness.Origin;
import io.suimon.harness.PlaneProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a control plane knows of real nodes, and what a node begins with when there is no control plane. */
class NodesIT {

    private static final List<String> UNPINNED = List.of();
    private static final String KEY = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    @TempDir
    Path folder;

    @Test
    void nodesAreKnownAndWritesAreReceiptedUntilTheyAreGone() throws Exception {
        var gateway = new Gateway(Checkout.ROOT, folder);
        try (var origin = new Origin("first");
                var controlPlane = gateway.startControlPlane(UNPINNED, Map.of("SUIMON_STREAM_HEARTBEAT", "1s"))
                        .awaitReady();
                var node = gateway.startDataPlane(
                                UNPINNED, Map.of("SUIMON_NODE_ID", "n1", "SUIMON_NODE_LABELS_ZONE", "a"))
                        .awaitReady()) {
            var written = gateway.admin("PUT", "/apisix/admin/routes/1?wait=applied&min=1&timeout=60", route(origin));

            assertThat(written.headers().firstValue("X-Suimon-Receipt")).contains("applied");
            assertThat(gateway.get("/first").statusCode()).isEqualTo(200);
            var revision = written.headers().firstValue("X-Suimon-Revision").orElseThrow();
            assertThat(nodes(gateway))
                    .contains("\"id\":\"n1\"", "\"state\":\"connected\"", "\"labels\":{\"zone\":\"a\"}", "\"gone\":[]")
                    .contains("\"revision\":" + revision + ",", "\"gone_since\":null", "\"rejections_total\":0")
                    .containsPattern("\"version\":\"[^\"]+\"")
                    .containsPattern("\"address\":\"[^\"]*" + gateway.trafficPort() + "[^\"]*\"")
                    .containsPattern("\"connected_since\":\"20\\d\\d-")
                    .containsPattern("\"heard_age_seconds\":[0-2],\"ack_age_seconds\":\\d+,");

            signal(node, "STOP");
            long begin = System.nanoTime();
            await().pollInterval(Duration.ofMillis(50))
                    .until(() -> nodes(gateway).contains("\"connected\":[]"));
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
            assertThat(nodes(gateway)).contains("\"state\":\"lost\"");
            signal(node, "CONT");
            await().until(() -> nodes(gateway).contains("\"gone\":[]"));

            assertThat(controlPlane.alive()).isTrue();
        }
    }

    /** Before a single heartbeat could have been missed. */
    @ParameterizedTest(name = "killed: {0}")
    @ValueSource(booleans = {true, false})
    void nodeThatEndsIsShownAsGoneAtOnce(boolean killed) {
        var gateway = new Gateway(Checkout.ROOT, folder);
        try (var controlPlane = gateway.startControlPlane(UNPINNED, Map.of("SUIMON_STREAM_HEARTBEAT", "30s"))
                        .awaitReady();
                var node = gateway.startDataPlane(UNPINNED, Map.of("SUIMON_NODE_ID", "n1"))) {
            await().until(() -> nodes(gateway).contains("\"state\":\"connected\""));

            if (killed) {
                node.kill();
            } else {
                node.terminate();
            }

            await().atMost(Duration.ofSeconds(3))
                    .until(() -> nodes(gateway).contains(killed ? "\"state\":\"lost\"" : "\"state\":\"left\""));
            assertThat(nodes(gateway)).contains("\"connected\":[]").containsPattern("\"gone_since\":\"20\\d\\d-");
            assertThat(controlPlane.alive()).isTrue();
        }
    }

    @Test
    void nodeWithoutACopyAndWithoutAControlPlaneBeginsWithAnEncryptedSeed() throws Exception {
        var gateway = new Gateway(Checkout.ROOT, folder);
        var seed = folder.resolve("seed.bin");
        try (var origin = new Origin("first")) {
            try (var controlPlane =
                            gateway.startControlPlane(UNPINNED, Map.of()).awaitReady();
                    var node = gateway.startDataPlane(UNPINNED, Map.of("SUIMON_CACHE_KEY", KEY))
                            .awaitReady()) {
                node.terminate();
                node.restart(); // the first change behind a start makes a generation, which is what a seed is
                node.awaitReady();
                var written =
                        gateway.admin("PUT", "/apisix/admin/routes/1?wait=applied&min=1&timeout=60", route(origin));
                assertThat(written.headers().firstValue("X-Suimon-Receipt")).contains("applied");
                assertThat(controlPlane.alive()).isTrue();
                node.terminate();
            }
            Files.copy(newest(folder.resolve("cache")), seed);
            assertThat(Files.readString(seed, java.nio.charset.StandardCharsets.ISO_8859_1))
                    .startsWith("SuimonE")
                    .doesNotContain("/first");

            try (var node = gateway.startDataPlane(UNPINNED, seeded(seed, "with", Map.of("SUIMON_CACHE_KEY", KEY)))
                    .awaitReady()) {
                assertThat(gateway.get("/first").statusCode()).isEqualTo(200);
                assertThat(node.alive()).isTrue();
            }
            try (var node = gateway.startDataPlane(UNPINNED, seeded(seed, "without", Map.of()))) {
                await().until(() -> node.log().contains("it is encrypted (expected: suimon.cache.key"));
                assertThat(node.alive()).isTrue();
            }
        }
    }

    private Map<String, String> seeded(Path seed, String cache, Map<String, String> more) {
        var settings = new HashMap<>(more);
        settings.put("SUIMON_CACHE_SEED", seed.toString());
        settings.put("SUIMON_CACHE_PATH", folder.resolve(cache).toString());
        return settings;
    }

    private static Path newest(Path cache) throws Exception {
        try (var files = Files.list(cache)) {
            return files.filter(file -> file.toString().endsWith(".bin"))
                    .max(Comparator.comparing(Path::toString))
                    .orElseThrow();
        }
    }

    private static void signal(PlaneProcess plane, String name) {
        Commands.output(List.of("kill", "-" + name, Long.toString(plane.pid())));
    }

    private static String nodes(Gateway gateway) {
        return gateway.admin("GET", "/suimon/v1/nodes", "").body();
    }

    private static String route(Origin origin) {
        return "{\"uri\":\"/first\",\"upstream\":{\"nodes\":{\"%s\":1}}}".formatted(origin.node());
    }
}
