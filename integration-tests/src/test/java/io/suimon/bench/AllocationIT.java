package io.suimon.bench;

import io.suimon.harness.Gateway;
import io.suimon.harness.HttpConnection;
import io.suimon.harness.Origin;
import io.suimon.harness.PlaneProcess;
import io.suimon.it.Checkout;
import io.suimon.process.TestPatience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a warm node, with the JVM options it ships with, allocates for a request of HTTP/1.1 without plugins: nothing. */
class AllocationIT {

    private static final List<String> UNPINNED = List.of();
    private static final int REQUESTS = 10_000;

    /** So often is it looked whether the compiler is done: what it has not compiled yet allocates more. */
    private static final int ROUNDS = 30;

    /** The smallest object of a JVM with compact headers has 8 bytes: below, there is none for each request. */
    private static final double NOTHING = 8;

    /** Connections are kept, so that making them does not count. */
    private static final Map<String, String> SETTINGS = Map.of(
            "SUIMON_TRAFFIC_MAX_REQUESTS_PER_CONNECTION", "1000000000",
            "SUIMON_TRAFFIC_UPSTREAM_KEEPALIVE_REQUESTS", "1000000000");

    @TempDir
    Path folder;

    @Test
    void aRequestWithoutPluginsAllocatesNothing() throws Exception {
        var gateway = new Gateway(Checkout.ROOT, folder);
        try (var origin = new Origin("hello");
                var controlPlane = gateway.startControlPlane(UNPINNED, Map.of()).awaitReady();
                var dataPlane = gateway.startDataPlane(UNPINNED, SETTINGS).awaitReady()) {
            gateway.admin(
                    "PUT",
                    "/apisix/admin/routes/1",
                    "{\"uri\":\"/hello\",\"upstream\":{\"nodes\":{\"" + origin.node() + "\":1}}}");
            await().until(() -> gateway.get("/hello").statusCode() == 200);

            double bytes = leastPerRequest(gateway, dataPlane);

            assertThat(bytes).isLessThan(NOTHING);
            assertThat(controlPlane.alive()).isTrue();
        }
    }

    /** Of rounds until one allocates nothing for a request: no round shows less than there is. */
    private double leastPerRequest(Gateway gateway, PlaneProcess node) throws IOException {
        double least = Double.MAX_VALUE;
        try (var connection = new HttpConnection(gateway.trafficPort(), TestPatience.MILLIS)) {
            for (int round = 0; round < ROUNDS && least >= NOTHING; round++) {
                var taken = Allocation.taken(node.pid(), folder, () -> ask(connection));
                least = Math.min(least, taken.perAnswer());
            }
        }
        return least;
    }

    private static double ask(HttpConnection connection) {
        try {
            for (int i = 0; i < REQUESTS; i++) {
                assertThat(connection.get("/hello")).startsWith("HTTP/1.1 200 ");
            }
            return REQUESTS;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
