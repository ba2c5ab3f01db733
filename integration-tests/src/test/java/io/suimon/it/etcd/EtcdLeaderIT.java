package io.suimon.it.etcd;

import io.suimon.harness.EtcdCluster;
import io.suimon.harness.EtcdMember;
import io.suimon.harness.Gateway;
import io.suimon.harness.PlaneProcess;
import io.suimon.it.Checkout;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A member that lost its cluster answers what it has at hand; it must not be taken for one that is up to date. */
class EtcdLeaderIT {

    private static final String ROUTE = "{\"uri\":\"/%s\",\"upstream\":{\"nodes\":{\"127.0.0.1:1\":1}}}";

    @TempDir
    Path folder;

    private EtcdCluster cluster;
    private Gateway gateway;
    private PlaneProcess controlPlane;

    /** The last member is the only one it knows. */
    @BeforeEach
    void start() {
        cluster = EtcdCluster.start(3, folder.resolve("etcd"));
        gateway = new Gateway(Checkout.ROOT, folder.resolve("gateway"));
        var settings = new HashMap<>(cluster.directSettings());
        settings.put(
                "SUIMON_STORE_ETCD_ENDPOINTS",
                "http://127.0.0.1:" + cluster.members().getLast().port());
        controlPlane = gateway.startControlPlane(List.of(), settings).awaitReady();
    }

    @AfterEach
    void stop() {
        controlPlane.close();
        cluster.close();
    }

    @Test
    void theWatchThatEtcdCancelsForWantOfALeaderIsToldAndTakenUpAgain() {
        assertThat(put("before").statusCode()).isEqualTo(201);
        var others = cluster.members().subList(0, 2);
        others.forEach(EtcdMember::kill);

        await().until(() -> gateway.admin("GET", "/suimon/v1/store", "").body().contains("no leader"));
        assertThat(put("during").statusCode()).isEqualTo(503);
        assertThat(gateway.admin("GET", "/apisix/admin/routes/1", "").statusCode())
                .isEqualTo(200);

        others.forEach(EtcdMember::start);
        cluster.awaitHealthy();
        cluster.ctl("put", "/apisix/routes/2", ROUTE.formatted("behind"));
        await().until(() -> gateway.admin("GET", "/apisix/admin/routes/2", "").statusCode() == 200);
        assertThat(put("after").statusCode()).isEqualTo(200);
    }

    private java.net.http.HttpResponse<String> put(String uri) {
        return gateway.admin("PUT", "/apisix/admin/routes/1", ROUTE.formatted(uri));
    }
}
