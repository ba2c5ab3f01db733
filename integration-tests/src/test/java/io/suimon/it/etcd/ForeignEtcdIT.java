package io.suimon.it.etcd;

import io.suimon.harness.Commands;
import io.suimon.harness.EtcdCluster;
import io.suimon.harness.FaultProxy;
import io.suimon.harness.Gateway;
import io.suimon.harness.Origin;
import io.suimon.harness.PlaneProcess;
import io.suimon.it.Checkout;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** An etcd that is not what it was freezes the configuration, until it is again, or an operator accepts it. */
class ForeignEtcdIT {

    private static final int ROUTES = 30;

    @TempDir
    Path folder;

    private EtcdCluster cluster;
    private Gateway gateway;
    private Origin origin;
    private PlaneProcess controlPlane;
    private PlaneProcess node;

    @BeforeEach
    void start() throws Exception {
        cluster = EtcdCluster.start(1, folder.resolve("etcd"));
        gateway = new Gateway(Checkout.ROOT, folder.resolve("gateway"));
        origin = new Origin("here");
        controlPlane = gateway.startControlPlane(List.of(), cluster.settings()).awaitReady();
        node = gateway.startDataPlane(List.of(), Map.of());
        for (int i = 0; i < ROUTES; i++) {
            assertThat(put("/" + i, i).statusCode()).isEqualTo(201);
        }
        node.awaitReady();
        awaitAnswer("/29", 200);
    }

    @AfterEach
    void stop() {
        node.close();
        controlPlane.close();
        origin.close();
        cluster.close();
    }

    private HttpResponse<String> put(String uri, int id) {
        return gateway.admin(
                "PUT",
                "/apisix/admin/routes/" + id,
                "{\"uri\":\"%s\",\"upstream\":{\"nodes\":{\"%s\":1}}}".formatted(uri, origin.node()));
    }

    private void awaitAnswer(String uri, int status) {
        await().until(() -> gateway.get(uri).statusCode() == status);
    }

    private HttpResponse<String> ready() {
        return Gateway.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.managementPort() + "/q/health/ready")));
    }

    private void assertFrozen(String reason) {
        await().until(() -> ready().statusCode() == 503);
        assertThat(ready().body()).contains(reason);
        var write = put("/new", 99);
        assertThat(write.statusCode()).isEqualTo(503);
        assertThat(write.body()).contains(reason, "\"may_take_effect\":false");
        assertThat(gateway.admin("GET", "/apisix/admin/routes", "").body()).contains("\"total\":" + ROUTES);
        assertThat(gateway.get("/29").statusCode()).isEqualTo(200);
        assertThat(controlPlane.log().lines().filter(line -> line.contains(" ERROR ")))
                .hasSize(1);
        assertThat(metrics()).contains("suimon_store_frozen 1.0");
    }

    private String metrics() {
        return Gateway.send(HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + gateway.managementPort() + "/q/metrics")))
                .body();
    }

    @Test
    void aDeletedPrefixIsNotTakenOverUntilItIsAccepted() {
        cluster.ctl("del", "--prefix", "/apisix/");

        assertFrozen("entries are gone from the store at once (expected: at most 50 %)");
        var accepted = gateway.admin("POST", "/suimon/v1/store:accept", "");

        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(200);
        awaitAnswer("/29", 404);
        assertThat(ready().statusCode()).isEqualTo(200);
        assertThat(put("/again", 1).statusCode()).isEqualTo(201);
        awaitAnswer("/again", 200);
        assertThat(gateway.admin("POST", "/suimon/v1/store:accept", "").statusCode())
                .isEqualTo(409);
    }

    @Test
    void aRestoredBackupIsNotTakenOverUntilItIsAccepted() throws Exception {
        var backup = folder.resolve("backup.db");
        cluster.backUp(backup);
        writeLater();

        cluster.restore(backup);

        // A snapshot that is restored makes a cluster of its own.
        assertFrozenUntilAccepted("the store is another one: ");
    }

    /** Of the very same cluster: only its revision tells. */
    @Test
    void anEarlierDataFolderIsNotTakenOverUntilItIsAccepted() {
        keepDataFolder();
        writeLater();

        putDataFolderBack();

        assertFrozenUntilAccepted("the store went back to revision ");
    }

    /** Not even that: somebody has written past what is known, before the control plane could look. */
    @Test
    void anEarlierDataFolderThatIsAheadAgainIsNotTakenOverUntilItIsAccepted() {
        keepDataFolder();
        writeLater();
        cluster.proxies().forEach(proxy -> {
            proxy.refuse(true);
            proxy.cut();
        });

        putDataFolderBack();
        for (int i = 0; i <= ROUTES; i++) {
            cluster.ctl("put", "/elsewhere", "" + i);
        }
        cluster.proxies().forEach(FaultProxy::heal);

        assertFrozenUntilAccepted("the store's history is another one: ");
    }

    private String data() {
        return folder.resolve("etcd/etcd-1/data").toString();
    }

    private String kept() {
        return folder.resolve("kept").toString();
    }

    private void keepDataFolder() {
        var member = cluster.members().getFirst();
        member.kill();
        Commands.output(List.of("cp", "-a", data(), kept()));
        member.start();
        await().until(() -> put("/0/later", 0).statusCode() == 200);
    }

    private void putDataFolderBack() {
        var member = cluster.members().getFirst();
        member.kill();
        Commands.output(List.of("rm", "-r", data()));
        Commands.output(List.of("cp", "-a", kept(), data()));
        member.start();
        cluster.awaitHealthy();
    }

    private void writeLater() {
        for (int i = 0; i < ROUTES; i++) {
            assertThat(put("/" + i + "/later", i).statusCode()).isEqualTo(200);
        }
        awaitAnswer("/29/later", 200);
    }

    private void assertFrozenUntilAccepted(String reason) {
        await().until(() -> ready().statusCode() == 503 && ready().body().contains("\"alarm\""));
        assertThat(ready().body()).contains(reason);
        assertThat(gateway.get("/29/later").statusCode()).isEqualTo(200);
        assertThat(put("/new", 99).body()).contains(reason, "\"may_take_effect\":false");

        var accepted = gateway.admin("POST", "/suimon/v1/store:accept", "");

        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(200);
        awaitAnswer("/29", 200);
        assertThat(gateway.get("/29/later").statusCode()).isEqualTo(404);
        assertThat(put("/after", 1).statusCode()).isEqualTo(200);
        awaitAnswer("/after", 200);
    }
}
