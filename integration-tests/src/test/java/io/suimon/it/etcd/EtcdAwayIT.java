package io.suimon.it.etcd;

import io.suimon.harness.ControlPlaneSite;
import io.suimon.harness.EtcdCluster;
import io.suimon.harness.EtcdMember;
import io.suimon.harness.Gateway;
import io.suimon.harness.Origin;
import io.suimon.harness.PlaneProcess;
import io.suimon.it.Checkout;
import io.suimon.it.SteadyLoad;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** All of etcd is frozen, or dead: what is asked is answered, what is routed stays routed, and nothing happens behind anybody's back. */
class EtcdAwayIT {

    private static final String ROUTE = "/apisix/admin/routes/1";
    private static final Duration ANSWERED_WITHIN = Duration.ofMillis(3_500);

    @TempDir
    Path folder;

    private EtcdCluster cluster;
    private Gateway gateway;
    private Origin origin;
    private PlaneProcess controlPlane;
    private PlaneProcess node;

    @BeforeEach
    void start() throws Exception {
        cluster = EtcdCluster.start(3, folder.resolve("etcd"));
        gateway = new Gateway(Checkout.ROOT, folder.resolve("gateway"));
        origin = new Origin("here");
        controlPlane =
                gateway.startControlPlane(List.of(), cluster.directSettings()).awaitReady();
        node = gateway.startDataPlane(List.of(), Map.of());
        assertThat(put("before").statusCode()).isEqualTo(201);
        node.awaitReady();
        await().until(() -> routed() == 200);
    }

    @AfterEach
    void stop() {
        node.close();
        controlPlane.close();
        origin.close();
        cluster.close();
    }

    private String route(String description) {
        return "{\"uri\":\"/kept\",\"desc\":\"%s\",\"upstream\":{\"nodes\":{\"%s\":1}}}"
                .formatted(description, origin.node());
    }

    private HttpResponse<String> put(String description) {
        return gateway.admin("PUT", ROUTE, route(description));
    }

    private int routed() {
        return gateway.get("/kept").statusCode();
    }

    private String stored() {
        return cluster.ctl("get", "--print-value-only", "/apisix/routes/1");
    }

    @Test
    void frozenItKeepsNobodyWaitingAndWhatWasGivenUpOvertakesNothing() throws Exception {
        try (var load = new SteadyLoad(gateway.trafficPort(), "/kept", 10, Integer.MAX_VALUE)) {
            cluster.members().forEach(EtcdMember::freeze);

            assertThatThrownBy(() -> giveUp("given up")).isInstanceOf(HttpTimeoutException.class);
            long start = System.nanoTime();
            var write = put("during");
            var took = Duration.ofNanos(System.nanoTime() - start);
            start = System.nanoTime();
            var read = gateway.admin("GET", ROUTE, "");
            var readTook = Duration.ofNanos(System.nanoTime() - start);
            int answered = load.answered();
            await().until(() -> load.answered() > answered + 1_000);
            load.enough();
            assertThat(load.awaitFailures()).isEmpty();

            assertThat(write.statusCode()).isEqualTo(503);
            assertThat(write.body()).contains("\"may_take_effect\":true");
            assertThat(took).isLessThan(ANSWERED_WITHIN);
            assertThat(read.statusCode()).isEqualTo(200);
            assertThat(read.body()).contains("\"desc\":\"before\"");
            assertThat(readTook).isLessThan(Duration.ofSeconds(1));
        } finally {
            cluster.members().forEach(EtcdMember::thaw);
        }
        await().until(() -> put("after").statusCode() < 300);

        await().during(Duration.ofSeconds(3)).until(() -> stored().contains("\"desc\":\"after\""));
        assertThat(gateway.admin("GET", ROUTE, "").body()).contains("\"desc\":\"after\"");
    }

    /** A client that loses its patience before the deadline of the write. */
    private void giveUp(String description) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.adminPort() + ROUTE))
                .header("X-API-KEY", ControlPlaneSite.ADMIN_KEY)
                .timeout(Duration.ofSeconds(1))
                .PUT(HttpRequest.BodyPublishers.ofString(route(description)));
        try (var client = HttpClient.newHttpClient()) {
            client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void deadItLosesNoRouteToAReloadNorToRestartsOfEverythingElse() {
        cluster.members().forEach(EtcdMember::kill);

        var reload = gateway.admin("PUT", "/apisix/admin/plugins/reload", "");
        assertThat(reload.statusCode()).as(reload.body()).isEqualTo(503);
        assertThat(routed()).isEqualTo(200);

        controlPlane.kill();
        controlPlane.restart();
        await().until(() -> listed() == 503); // it says that it does not know, not that there is nothing
        await().until(() -> node.log().lines().filter(EtcdAwayIT::isConnected).count() == 2);
        await().during(Duration.ofSeconds(2)).until(() -> routed() == 200);

        node.kill();
        node.restart();
        node.awaitReady();
        await().until(() -> node.log().lines().filter(EtcdAwayIT::isConnected).count() == 3);
        await().during(Duration.ofSeconds(2)).until(() -> routed() == 200);

        cluster.members().forEach(EtcdMember::start);
        controlPlane.awaitReady();
        assertThat(put("after").statusCode()).isEqualTo(200);
        assertThat(routed()).isEqualTo(200);
    }

    private static boolean isConnected(String line) {
        return line.contains("connected to");
    }

    private int listed() {
        try {
            return gateway.admin("GET", "/apisix/admin/routes", "").statusCode();
        } catch (UncheckedIOException e) {
            return 0; // not listening yet
        }
    }
}
