package io.suimon.controlplane.admin;

import io.suimon.controlplane.store.etcd.EtcdServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

class EtcdAdminRequestsTest extends AdminRequestsContract {

    private @Nullable EtcdServer etcd;

    @Override
    Map<String, String> store(Path folder) {
        etcd = EtcdServer.start(folder);
        return Map.of("suimon.store.type", "etcd", "suimon.store.etcd.endpoints", etcd.endpoint());
    }

    @AfterAll
    void stopEtcd() {
        Objects.requireNonNull(etcd).close();
    }
}
