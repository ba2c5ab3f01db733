package io.suimon.it;

import io.suimon.harness.Commands;
import io.suimon.harness.Gateway;
import io.suimon.harness.PlaneProcess;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The embedded store's outage: its file cannot grow, as on a full disk. Over the Admin API that looks like an etcd that is gone, and
 * nothing that was refused is there by half.
 */
class EmbeddedDiskFullIT {

    /** Of the process's files, in KiB. */
    private static final int LIMIT = 8 * 1024;

    private static final List<String> LIMITED =
            List.of("bash", "-c", "ulimit -S -f " + LIMIT + "; exec \"$@\"", "limited");
    private static final String CONTENT = "// " + "x".repeat(500_000);
    private static final int ENOUGH = 100;

    @TempDir
    Path folder;

    @Test
    void writesAreRefusedForAsLongAsThereIsNoRoom() {
        var gateway = new Gateway(Checkout.ROOT, folder);
        int written;
        boolean mayBeThere;
        try (var plane = gateway.startControlPlane(LIMITED, Map.of()).awaitReady()) {
            written = fill(gateway);
            var refused = put(gateway, "refused");
            mayBeThere = refused.body().contains("\"may_take_effect\":true");

            assertThat(written).isPositive();
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body())
                    .startsWith("{\"error_msg\":\"the store file cannot be written: ")
                    .contains(",\"may_take_effect\":")
                    .doesNotContain("\tat ");
            assertThat(refused.headers().firstValue("X-API-VERSION")).contains("v3");
            assertThat(gateway.admin("GET", "/apisix/admin/protos/0", "").statusCode())
                    .isEqualTo(200);

            giveRoom(plane);
            await().until(() -> put(gateway, "again").statusCode() == 201);
            plane.kill();
        }

        try (var plane = gateway.startControlPlane(List.of(), Map.of()).awaitReady()) {
            for (int i = 0; i < written; i++) {
                assertIsWhole(gateway, Integer.toString(i));
            }
            assertIsWhole(gateway, "again");
            if (!mayBeThere) {
                assertThat(gateway.admin("GET", "/apisix/admin/protos/refused", "")
                                .statusCode())
                        .isEqualTo(404);
            }
            assertThat(plane.log()).doesNotContain("damaged");
        }
    }

    /** Writes until nothing can be written; returns how many were. */
    private static int fill(Gateway gateway) {
        for (int i = 0; i < ENOUGH; i++) {
            if (put(gateway, Integer.toString(i)).statusCode() != 201) {
                return i;
            }
        }
        throw new AssertionError(ENOUGH + " protos fit into " + LIMIT + " KiB");
    }

    private static HttpResponse<String> put(Gateway gateway, String id) {
        return gateway.admin("PUT", "/apisix/admin/protos/" + id, "{\"content\":\"" + CONTENT + "\"}");
    }

    private static void assertIsWhole(Gateway gateway, String id) {
        assertThat(gateway.admin("GET", "/apisix/admin/protos/" + id, "").body())
                .as(id)
                .contains("\"content\":\"" + CONTENT + "\"");
    }

    private static void giveRoom(PlaneProcess plane) {
        Commands.output(List.of("prlimit", "--pid", Long.toString(plane.pid()), "--fsize=unlimited:"));
    }
}
