package io.suimon.it;

import io.suimon.harness.Gateway;
import io.suimon.harness.Origin;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** However often a route is edited, its clients do not notice. */
class RouteEditsIT {

    private static final List<String> UNPINNED = List.of();
    private static final int EDITS = Integer.getInteger("suimon.it.edits", 10_000);
    private static final int CLIENTS = 8;

    @TempDir
    Path folder;

    @Test
    void tenThousandEditsUnderLoadCostNoRequest() throws Exception {
        var gateway = new Gateway(Checkout.ROOT, folder);
        try (var one = new Origin("one");
                var other = new Origin("other");
                var controlPlane = gateway.startControlPlane(UNPINNED, Map.of()).awaitReady();
                var dataPlane = gateway.startDataPlane(UNPINNED, Map.of()).awaitReady()) {
            edit(gateway, 0, one);
            await().until(() -> gateway.get("/edited").statusCode() == 200);

            try (var load = new SteadyLoad(gateway.trafficPort(), "/edited", CLIENTS, Integer.MAX_VALUE)) {
                await().until(() -> load.answered() > 100 * CLIENTS);
                for (int i = 1; i <= EDITS; i++) {
                    edit(gateway, i, i % 2 == 0 ? one : other);
                }
                await().until(() -> ("" + EDITS)
                        .equals(gateway.get("/edited")
                                .headers()
                                .firstValue("X-Edit")
                                .orElse("")));
                load.enough();

                assertThat(load.awaitFailures()).isEmpty();
                assertThat(load.answered()).isGreaterThan(EDITS / 10);
            }
            assertThat(controlPlane.alive() && dataPlane.alive()).isTrue();
        }
    }

    private static void edit(Gateway gateway, int number, Origin origin) {
        var answer = gateway.admin(
                "PUT",
                "/apisix/admin/routes/1",
                "{\"uri\":\"/edited\",\"plugins\":{\"response-rewrite\":{\"headers\":{\"set\":{\"X-Edit\":\"%d\"}}}},\"upstream\":{\"nodes\":{\"%s\":1}}}"
                        .formatted(number, origin.node()));
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
    }
}
