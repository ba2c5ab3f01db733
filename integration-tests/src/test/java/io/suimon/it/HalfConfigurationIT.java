package io.suimon.it;

import io.suimon.bench.StoreFill;
import io.suimon.harness.ControlPlaneSite;
import io.suimon.harness.FaultProxy;
import io.suimon.harness.Gateway;
import io.suimon.harness.NodeSite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A node whose first configuration comes slowly, breaks off in the middle, and then comes whole. */
class HalfConfigurationIT {

    private static final int ROUTES = 20_000;

    /** Of which the whole has some hundred thousand, compressed. */
    private static final int BYTES_PER_SECOND = 10_000;

    @TempDir
    Path folder;

    @Test
    void nodeIsReadyWithAllOfAConfigurationOrNotAtAll() throws IOException {
        var plane = ControlPlaneSite.in(Checkout.ROOT, Files.createDirectory(folder.resolve("control-plane")));
        var site = NodeSite.in(Checkout.ROOT, Files.createDirectory(folder.resolve("node")));
        StoreFill.routes(plane.folder().resolve("store"), ROUTES, "127.0.0.1:9");
        try (var controlPlane = plane.start(List.of(), Map.of()).awaitReady();
                var link = slow(plane.streamPort());
                var node = site.start(List.of(), List.of(link.port()), Map.of()).awaitListening()) {
            await().until(() -> snapshots(plane) > 0);
            await().during(Duration.ofSeconds(4)).until(() -> !ready(site) && status(site, 0) == 404);

            double begun = snapshots(plane);
            link.cut();
            await().until(() -> snapshots(plane) > begun);
            assertThat(ready(site)).isFalse();
            assertThat(status(site, 0)).isEqualTo(404);

            link.heal();
            await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(() -> ready(site));
            assertThat(List.of(status(site, ROUTES - 1), status(site, 0))).doesNotContain(404);
            assertThat(controlPlane.alive() && node.alive()).isTrue();
        }
    }

    private static FaultProxy slow(int target) {
        var link = FaultProxy.to(target);
        link.throttle(BYTES_PER_SECOND);
        return link;
    }

    private static boolean ready(NodeSite site) {
        return Gateway.send(HttpRequest.newBuilder(site.readiness())).statusCode() == 200;
    }

    /** Nobody is behind the routes: what is one is answered 502. */
    private static int status(NodeSite site, int route) {
        try {
            return site.get("/r/" + route).statusCode();
        } catch (UncheckedIOException e) {
            return 0;
        }
    }

    private static double snapshots(ControlPlaneSite plane) {
        return plane.metric("suimon_nodes_snapshots_total");
    }
}
