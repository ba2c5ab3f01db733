package io.suimon.controlplane.admin;

import io.suimon.controlplane.store.etcd.EtcdServer;
import java.nio.file.Path;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class AdminStoreOutageTest {

    @TempDir
    Path folder;

    @Test
    void withoutTheStoreThingsAreReadAsTheyWereAndNotWritten() throws InterruptedException {
        var etcd = EtcdServer.start(folder);
        var settings = Map.of(
                "suimon.store.type", "etcd",
                "suimon.store.etcd.endpoints", etcd.endpoint(),
                "suimon.store.mirror.stale-after", "1s");
        try (etcd;
                var server = new AdminServer(settings)) {
            server.send("PUT", "/apisix/admin/services/1", "{}");
            etcd.kill();

            var written = server.send("PUT", "/apisix/admin/services/1", "{}");
            var read = Awaitility.await()
                    .until(
                            () -> server.send("GET", "/apisix/admin/services/1", ""),
                            answer -> answer.headers()
                                    .firstValue("X-Suimon-Stale")
                                    .isPresent());

            assertThat(written.statusCode()).isEqualTo(503);
            assertThat(written.body()).startsWith("{\"error_msg\":\"").contains("\"may_take_effect\":");
            assertThat(written.headers().firstValue("X-API-VERSION")).contains("v3");
            assertThat(read.statusCode()).isEqualTo(200);
            assertThat(read.body()).contains("\"key\":\"/apisix/services/1\"");
        }
    }
}
