package io.suimon.it.etcd;

import io.suimon.harness.EtcdCluster;
import io.suimon.harness.EtcdMember;
import io.suimon.harness.Gateway;
import io.suimon.harness.Origin;
import io.suimon.it.Checkout;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Control planes that share an etcd, or start before it. */
class TwoControlPlanesIT {

    @TempDir
    Path folder;

    private EtcdCluster cluster;
    private Gateway first;
    private Gateway second;

    @BeforeEach
    void start() {
        cluster = EtcdCluster.start(1, folder.resolve("etcd"));
        first = new Gateway(Checkout.ROOT, folder.resolve("first"));
        second = new Gateway(Checkout.ROOT, folder.resolve("second"));
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    private static void put(Gateway gateway, String id, Origin origin) {
        var answer = gateway.admin(
                "PUT",
                "/apisix/admin/routes/" + id,
                "{\"uri\":\"/%s\",\"upstream\":{\"nodes\":{\"%s\":1}}}".formatted(id, origin.node()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private static void awaitRoute(Gateway node, String id) {
        await().until(() -> node.get("/" + id).statusCode() == 200);
    }

    @Test
    void aNodeUsesWhicheverControlPlaneLives() {
        var addresses = "127.0.0.1:%d,127.0.0.1:%d".formatted(first.streamPort(), second.streamPort());
        try (var origin = new Origin("here");
                var one = first.startControlPlane(List.of(), cluster.settings()).awaitReady();
                var two =
                        second.startControlPlane(List.of(), cluster.settings()).awaitReady();
                var node = first.startDataPlane(List.of(), Map.of("SUIMON_CONTROL_PLANE_ADDRESSES", addresses))) {
            put(first, "a", origin);
            node.awaitReady();
            awaitRoute(first, "a");

            one.kill();
            put(second, "b", origin);
            awaitRoute(first, "b");

            one.restart();
            one.awaitReady();
            two.kill();
            put(first, "c", origin);
            awaitRoute(first, "c");
            assertThat(first.get("/a").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aControlPlaneThatStartsBeforeEtcdSaysSoAndRecovers() {
        cluster.members().forEach(EtcdMember::kill);
        try (var origin = new Origin("here");
                var controlPlane = first.startControlPlane(List.of(), cluster.settings())) {
            await().ignoreExceptions().until(() -> ready(first) == 503);
            await().ignoreExceptions()
                    .until(() -> first.admin("GET", "/apisix/admin/routes", "").statusCode() == 503);
            var write = first.admin("PUT", "/apisix/admin/upstreams/1", "{\"nodes\":{\"127.0.0.1:1\":1}}");
            assertThat(write.statusCode()).isEqualTo(503);
            assertThat(write.body()).contains("\"may_take_effect\":false");

            cluster.members().forEach(EtcdMember::start);

            controlPlane.awaitReady();
            put(first, "a", origin);
            assertThat(first.admin("GET", "/apisix/admin/routes/a", "").statusCode())
                    .isEqualTo(200);
        }
    }

    private static int ready(Gateway gateway) {
        return Gateway.send(HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + gateway.managementPort() + "/q/health/ready")))
                .statusCode();
    }
}
