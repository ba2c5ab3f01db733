package io.suimon.controlplane.admin;

import io.suimon.controlplane.store.etcd.EtcdServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is answered without the store. That it goes away while the control plane runs is a matter of etcd alone: an embedded store is
 * part of the process, and fails by its disk (see {@code EmbeddedDiskFullIT}) or while the process ends.
 */
class AdminStoreOutageTest {

    @TempDir
    Path folder;

    @Test
    void withoutTheStoreThingsAreReadAsTheyWereAndNotWritten() throws InterruptedException {
        var etcd = EtcdServer.start(folder);
        var settings = Map.of(
                "suimon.store.type", "etcd",
                "suimon.store.write-deadline", "3s",
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

    @ParameterizedTest
    @EnumSource(TestStore.class)
    void aClosedStoreIsSaidToBeClosedByEveryKindOfWrite(TestStore store) throws InterruptedException {
        try (var server = store.open(folder)) {
            server.send("PUT", "/apisix/admin/services/1", "{}");
            server.closeStore();

            var put = server.send("PUT", "/apisix/admin/services/1", "{\"name\":\"n\"}");
            var post = server.send("POST", "/apisix/admin/services", "{}");
            var patch = server.send("PATCH", "/apisix/admin/services/1", "{\"name\":\"n\"}");
            var delete = server.send("DELETE", "/apisix/admin/services/1", "");
            var reload = server.send("PUT", "/apisix/admin/plugins/reload", "");
            var read = server.send("GET", "/apisix/admin/services", "");

            for (var write : List.of(put, post, patch, delete)) {
                assertThat(write.statusCode()).as(write.body()).isEqualTo(503);
                assertThat(write.body())
                        .isEqualTo("{\"error_msg\":\"the store is closed\",\"may_take_effect\":false}\n");
            }
            assertThat(reload.statusCode()).as(reload.body()).isEqualTo(503);
            assertThat(read.statusCode()).isEqualTo(200);
            assertThat(read.body()).startsWith("{\"total\":1,").doesNotContain("\"name\"");
        }
    }
}
