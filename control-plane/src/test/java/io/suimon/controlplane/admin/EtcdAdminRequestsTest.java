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

/** The requests on etcd; and what others left there, who write with tools of their own. */
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

    /** What is written past the API is seen a little later. */
    private String await(String path, String part) {
        return Awaitility.await().until(() -> server().send("GET", path, "").body(), body -> body.contains(part));
    }

    @AfterAll
    void stopEtcd() {
        Objects.requireNonNull(etcd).close();
    }
}
