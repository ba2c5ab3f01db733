package io.suimon.controlplane.admin;

import io.suimon.controlplane.store.etcd.EtcdServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class StoreStatusTest {

    private static final String STORE = "/suimon/v1/store";

    @TempDir
    Path folder;

    @Test
    void embeddedStoreHasNoEndpoints() throws Exception {
        try (var server = new AdminServer(folder)) {
            var answer = server.send("GET", STORE, "", "X-API-KEY", AdminServer.VIEWER);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body())
                    .contains("\"revision\":" + server.revision(), "\"reachable\":true", "\"endpoints\":[]")
                    .doesNotContain("stale", "alarm");
        }
    }

    @Test
    void endpointsOfEtcdSayHowTheyAre() throws Exception {
        try (var etcd = EtcdServer.start(folder);
                var server = new AdminServer(
                        folder, Map.of("suimon.store.type", "etcd", "suimon.store.etcd.endpoints", etcd.endpoint()))) {
            var endpoint = "{\"endpoint\":\"" + etcd.endpoint().replace("http://", "") + "\",\"up\":";
            assertThat(server.send("GET", STORE, "").body()).contains(endpoint + "true", "\"leaves\":0}");

            etcd.kill();

            await().untilAsserted(() -> assertThat(server.send("GET", STORE, "").body())
                    .contains(
                            endpoint + "false",
                            "\"leaves\":1,\"reason\":\"etcd ",
                            "\"stale\":\"",
                            "\"reachable\":false"));
        }
    }

    @Test
    void statusIsOnlyRead() throws Exception {
        try (var server = new AdminServer(folder)) {
            assertThat(server.send("POST", STORE, "{}").statusCode()).isEqualTo(405);
        }
    }
}
