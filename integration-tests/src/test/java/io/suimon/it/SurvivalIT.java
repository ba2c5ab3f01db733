package io.suimon.it;

import io.suimon.harness.Gateway;
import io.suimon.harness.Origin;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Traffic outlives the control plane, and the node comes back without it. */
class SurvivalIT {

    private static final List<String> UNPINNED = List.of();
    private static final Map<String, String> NO_SETTINGS = Map.of();

    @TempDir
    Path folder;

    @Test
    void killingTheControlPlaneCostsNoRequestAndTheNodeRestartsWithoutIt() throws Exception {
        var gateway = new Gateway(Checkout.ROOT, folder);
        try (var origin = new Origin("first");
                var controlPlane =
                        gateway.startControlPlane(UNPINNED, NO_SETTINGS).awaitReady();
                var dataPlane = gateway.startDataPlane(UNPINNED, NO_SETTINGS).awaitReady()) {
            putRoute(gateway, "1", "/first", origin);
            awaitAnswer(gateway, "/first", 200);

            try (var load = new SteadyLoad(gateway.trafficPort(), "/first", 50, 10_000)) {
                await().until(() -> load.answered() > 2_000);
                controlPlane.kill();
                assertThat(load.awaitFailures()).isEmpty();
                assertThat(load.answered()).isEqualTo(10_000);
            }

            awaitCached(folder.resolve("cache"), "/first");
            dataPlane.kill();
            dataPlane.restart();
            await().ignoreExceptions().until(() -> status(gateway, "/first") == 200);

            controlPlane.restart();
            controlPlane.awaitReady();
            putRoute(gateway, "2", "/second", origin);
            awaitAnswer(gateway, "/second", 200);
            assertThat(status(gateway, "/first")).isEqualTo(200);
        }
    }

    @Test
    void aTornCacheFileIsNoticedAndTheGenerationBeforeItIsUsed() throws Exception {
        var gateway = new Gateway(Checkout.ROOT, folder);
        try (var origin = new Origin("first");
                var controlPlane =
                        gateway.startControlPlane(UNPINNED, NO_SETTINGS).awaitReady();
                var dataPlane = gateway.startDataPlane(UNPINNED, NO_SETTINGS).awaitReady()) {
            putRoute(gateway, "1", "/first", origin);
            awaitAnswer(gateway, "/first", 200);
            awaitCached(folder.resolve("cache"), "/first");
            dataPlane.kill();
            dataPlane.restart(); // the first change behind a start makes a generation
            dataPlane.awaitReady();
            putRoute(gateway, "2", "/second", origin);
            awaitAnswer(gateway, "/second", 200);
            awaitCached(folder.resolve("cache"), "/second");
            controlPlane.kill();
            dataPlane.kill();

            var newest = newestFile(folder.resolve("cache"));
            var bytes = Files.readAllBytes(newest);
            Files.write(newest, java.util.Arrays.copyOf(bytes, bytes.length / 2));
            dataPlane.restart();
            dataPlane.awaitReady();

            assertThat(status(gateway, "/first")).isEqualTo(200);
            assertThat(status(gateway, "/second")).isEqualTo(404);
            assertThat(dataPlane.log()).contains(newest.getFileName().toString());
        }
    }

    @Test
    void acknowledgedWritesSurviveKillingTheControlPlane() {
        var gateway = new Gateway(Checkout.ROOT, folder);
        try (var origin = new Origin("kept");
                var controlPlane =
                        gateway.startControlPlane(UNPINNED, NO_SETTINGS).awaitReady()) {
            for (int i = 0; i < 50; i++) {
                putRoute(gateway, "r" + i, "/kept/" + i, origin);
            }

            controlPlane.kill();
            controlPlane.restart();
            controlPlane.awaitReady();

            var list = gateway.admin("GET", "/apisix/admin/routes", "");
            assertThat(list.statusCode()).isEqualTo(200);
            assertThat(list.body()).contains("\"total\":50");
        }
    }

    private static void putRoute(Gateway gateway, String id, String uri, Origin origin) {
        var answer = gateway.admin(
                "PUT",
                "/apisix/admin/routes/" + id,
                "{\"uri\":\"%s\",\"upstream\":{\"nodes\":{\"%s\":1}}}".formatted(uri, origin.node()));
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
    }

    private static int status(Gateway gateway, String path) {
        return gateway.get(path).statusCode();
    }

    private static void awaitAnswer(Gateway gateway, String path, int expected) {
        await().until(() -> status(gateway, path) == expected);
    }

    /** The node writes its copy after it applied a revision: waits until this is in the newest one. */
    private static void awaitCached(Path cache, String path) {
        await().until(() ->
                Files.readString(newestFile(cache), StandardCharsets.ISO_8859_1).contains("\"" + path + "\""));
    }

    private static Path newestFile(Path folder) throws Exception {
        try (var files = Files.list(folder)) {
            return files.filter(file -> Files.isRegularFile(file)
                            && !file.getFileName().toString().endsWith("id"))
                    .max(Comparator.comparingLong(file -> file.toFile().lastModified()))
                    .orElseThrow();
        }
    }
}
