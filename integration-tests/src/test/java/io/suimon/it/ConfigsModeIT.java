package io.suimon.it;

import io.suimon.harness.ControlPlaneSite;
import io.suimon.harness.Gateway;
import io.suimon.harness.Origin;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A configuration that is one document reaches the nodes, and outlives the control plane. */
class ConfigsModeIT {

    private static final Map<String, String> SETTINGS = Map.of("SUIMON_ADMIN_MODE", "configs");

    @TempDir
    Path folder;

    @Test
    void aDocumentReachesTheNodesAndSurvivesARestart() {
        var gateway = new Gateway(Checkout.ROOT, folder);
        try (var origin = new Origin("first");
                var controlPlane =
                        gateway.startControlPlane(List.of(), SETTINGS).awaitReady();
                var dataPlane = gateway.startDataPlane(List.of(), Map.of()).awaitReady()) {
            var put = put(gateway, "one", document("/first", origin));
            assertThat(put.statusCode()).as(put.body()).isEqualTo(202);
            await().until(() -> gateway.get("/first").statusCode() == 200);
            var before = gateway.admin("GET", "/apisix/admin/configs", "").body();

            controlPlane.kill();
            controlPlane.restart();
            controlPlane.awaitReady();

            assertThat(gateway.admin("GET", "/apisix/admin/configs", "").body()).isEqualTo(before);
            assertThat(put(gateway, "two", document("/second", origin)).statusCode())
                    .isEqualTo(202);
            await().until(() -> gateway.get("/second").statusCode() == 200);
            assertThat(gateway.get("/first").statusCode()).isEqualTo(404);
            assertThat(dataPlane.alive()).isTrue();
        }
    }

    private static String document(String uri, Origin origin) {
        return "{\"routes\":[{\"id\":\"1\",\"uri\":\"" + uri
                + "\",\"upstream_id\":\"u\"}],\"upstreams\":[{\"id\":\"u\"," + "\"nodes\":{\"" + origin.node()
                + "\":1}}]}";
    }

    private static HttpResponse<String> put(Gateway gateway, String digest, String document) {
        return Gateway.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.adminPort() + "/apisix/admin/configs"))
                        .header("X-API-KEY", ControlPlaneSite.ADMIN_KEY)
                        .header("X-Digest", digest)
                        .PUT(HttpRequest.BodyPublishers.ofString(document)));
    }
}
