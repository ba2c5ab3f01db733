package io.suimon.controlplane.admin;

import io.suimon.controlplane.store.etcd.EtcdServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EtcdAdminRequestsTest extends AdminRequestsContract {

    private @Nullable EtcdServer etcd;

    @Override
    Map<String, String> store(Path folder) {
        etcd = EtcdServer.start(folder);
        return Map.of("suimon.store.type", "etcd", "suimon.store.etcd.endpoints", etcd.endpoint());
    }

    @Test
    void whatIsNoJsonIsListedWithoutValue() {
        Objects.requireNonNull(etcd).ctl("put", "/apisix/plugin_configs/", "init_dir");
        etcd.ctl("put", "/apisix/plugin_configs/raw", "no JSON");

        var listed = await("/apisix/admin/plugin_configs", "raw");
        etcd.ctl("del", "--prefix", "/apisix/plugin_configs/");

        assertThat(listed.replaceAll("[0-9]+", "N"))
                .isEqualTo("{\"total\":N,\"list\":[{\"key\":\"/apisix/plugin_configs/raw\",\"createdIndex\":N,"
                        + "\"modifiedIndex\":N}]}\n");
        await("/apisix/admin/plugin_configs", "[]");
    }

    /** Such routes are only written past the API: no protocol is known here. */
    @Test
    void aStreamRouteThatIsSuperiorToAnotherStays() {
        Objects.requireNonNull(etcd).ctl("put", "/apisix/stream_routes/sup", "{\"id\":\"sup\",\"server_port\":9100}");
        etcd.ctl(
                "put",
                "/apisix/stream_routes/sub",
                "{\"id\":\"sub\",\"protocol\":{\"name\":\"redis\",\"superior_id\":\"sup\"}}");
        await("/apisix/admin/stream_routes", "superior_id");

        var used = server().send("DELETE", "/apisix/admin/stream_routes/sup", "");
        server().send("DELETE", "/apisix/admin/stream_routes/sub", "");
        var unused = server().send("DELETE", "/apisix/admin/stream_routes/sup", "");

        assertThat(used.body())
                .isEqualTo("{\"error_msg\":\"can not delete this stream route directly, stream route [sub] is still"
                        + " using it as superior_id\"}\n");
        assertThat(unused.statusCode()).isEqualTo(200);
    }

    @Test
    void aSubordinateSpeaksTheProtocolOfItsSuperior() {
        Objects.requireNonNull(etcd)
                .ctl("put", "/apisix/stream_routes/boss", "{\"id\":\"boss\",\"protocol\":{\"name\":\"redis\"}}");
        await("/apisix/admin/stream_routes", "boss");

        var other = server().send("PUT", "/apisix/admin/stream_routes/aide", subordinate("mqtt"));
        var same = server().send("PUT", "/apisix/admin/stream_routes/aide", subordinate("redis"));
        server().send("DELETE", "/apisix/admin/stream_routes/boss", "");

        assertThat(other.body())
                .isEqualTo("{\"error_msg\":\"protocol mismatch: subordinate protocol [mqtt] does not match superior"
                        + " protocol [redis]\"}\n");
        assertThat(same.body()).isEqualTo("{\"error_msg\":\"unknown protocol [redis]\"}\n");
    }

    private static String subordinate(String protocol) {
        return "{\"protocol\":{\"name\":\"" + protocol + "\",\"superior_id\":\"boss\"}}";
    }

    /** What is written past the API is seen a little later. */
    private String await(String path, String part) {
        return Awaitility.await().until(() -> server().send("GET", path, "").body(), body -> body.contains(part));
    }

    @AfterAll
    void stopEtcd() {
        Objects.requireNonNull(etcd).close();
    }
}
