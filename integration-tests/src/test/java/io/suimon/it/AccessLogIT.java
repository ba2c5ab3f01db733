package io.suimon.it;

import io.suimon.harness.Gateway;
import io.suimon.harness.Origin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A node that is told to keeps a line of every request, in its own file or where its log goes. */
class AccessLogIT {

    private static final String COMBINED =
            "127\\.0\\.0\\.1 - - \\[\\d\\d/\\w{3}/\\d{4}:[\\d:]{8} [+-]\\d{4}] 127\\.0\\.0\\.1:\\d+ \"GET %s HTTP/1\\.1\" %s \\d+ "
                    + "\\d+\\.\\d{3} \"-\" \"[^\"]+\" %s \"[0-9a-f-]{32,36}\"";

    @TempDir
    Path folder;

    @Test
    void everyRequestIsALine() throws Exception {
        var gateway = new Gateway(Checkout.ROOT, folder);
        var file = folder.resolve("access.log");
        var settings = Map.of("SUIMON_ACCESS_LOG_ENABLED", "true", "SUIMON_ACCESS_LOG_PATH", file.toString());
        try (var origin = new Origin("first");
                var controlPlane =
                        gateway.startControlPlane(List.of(), Map.of()).awaitReady();
                var dataPlane = gateway.startDataPlane(List.of(), settings).awaitReady()) {
            gateway.admin(
                    "PUT",
                    "/apisix/admin/routes/1",
                    "{\"uri\":\"/first\",\"upstream\":{\"nodes\":{\"" + origin.node() + "\":1}}}");
            await().until(() -> gateway.get("/first").statusCode() == 200);

            gateway.get("/nowhere");
            int exit = dataPlane.terminate();

            assertThat(exit).isIn(0, 143);
            assertThat(controlPlane.alive()).isTrue();
            assertThat(Files.readAllLines(file)).satisfies(lines -> {
                assertThat(lines.get(lines.size() - 2))
                        .matches(COMBINED.formatted("/first", "200", "127\\.0\\.0\\.1:\\d+ 200 \\d+\\.\\d{3}"));
                assertThat(lines.getLast()).matches(COMBINED.formatted("/nowhere", "404", "- - -"));
            });
        }
    }

    @Test
    void withoutAFileLinesGoToStandardOutput() throws Exception {
        var gateway = new Gateway(Checkout.ROOT, folder);
        var settings = Map.of(
                "SUIMON_ACCESS_LOG_ENABLED",
                "true",
                "SUIMON_ACCESS_LOG_FORMAT",
                "{\"uri\":\"$request_uri\",\"status\":$status}",
                "SUIMON_ACCESS_LOG_ESCAPE",
                "json");
        try (var controlPlane = gateway.startControlPlane(List.of(), Map.of()).awaitReady();
                var dataPlane = gateway.startDataPlane(List.of(), settings).awaitReady()) {
            gateway.get("/no%22where");

            await().untilAsserted(
                            () -> assertThat(dataPlane.log()).contains("{\"uri\":\"/no\\\"where\",\"status\":404}\n"));
            assertThat(gateway.metrics().body()).contains("suimon_access_log_lines_total 1\n");
            assertThat(controlPlane.alive()).isTrue();
        }
    }
}
