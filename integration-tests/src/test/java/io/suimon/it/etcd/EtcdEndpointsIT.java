package io.suimon.it.etcd;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.suimon.harness.EtcdCluster;
import io.suimon.harness.Gateway;
import io.suimon.harness.PlaneProcess;
import io.suimon.it.Checkout;
import io.suimon.process.TestPatience;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** All members are used, and how each of them is can be read. */
class EtcdEndpointsIT {

    private static final Duration PATIENCE = TestPatience.LONG;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private EtcdCluster cluster;
    private Gateway gateway;
    private PlaneProcess controlPlane;

    @BeforeEach
    void start() {
        cluster = EtcdCluster.start(3, folder.resolve("etcd"));
        gateway = new Gateway(Checkout.ROOT, folder.resolve("gateway"));
        var settings = new HashMap<>(cluster.settings());
        settings.put("SUIMON_STORE_ETCD_CONNECTION_AGE", "PT0.3S");
        controlPlane = gateway.startControlPlane(List.of(), settings).awaitReady();
    }

    @AfterEach
    void stop() {
        controlPlane.close();
        cluster.close();
    }

    @Test
    void everyMemberIsUsedAndOneThatRefusesIsShownUntilItIsBack() {
        await().atMost(PATIENCE).until(() -> written() && answers(0) > 0 && answers(1) > 0 && answers(2) > 0);
        cluster.proxies().getFirst().refuse(true);
        cluster.proxies().getFirst().cut();

        await().atMost(PATIENCE).until(() -> written() && refused(endpoint(0))); // first it was cut off
        var down = endpoint(0);
        var metrics = metrics();
        cluster.proxies().getFirst().heal();
        await().atMost(PATIENCE).until(() -> endpoint(0).path("up").asBoolean());

        assertThat(down.path("up").asBoolean()).isFalse();
        assertThat(down.path("failures").asLong()).isPositive();
        assertThat(down.path("leaves").asLong()).isPositive();
        assertThat(metrics).containsPattern(sample("up", 0, "0.0"));
        assertThat(metrics).containsPattern(sample("up", 1, "1.0"));
        assertThat(metrics).containsPattern(sample("up", 2, "1.0"));
        assertThat(metrics).containsPattern(sample("leaves_total", 0, "[1-9].*"));
        assertThat(endpoint(0).has("reason")).isFalse();
    }

    private boolean written() {
        var answer = gateway.admin("PUT", "/apisix/admin/upstreams/1", "{\"nodes\":{\"127.0.0.1:1\":1}}");
        return answer.statusCode() < 300;
    }

    private static boolean refused(JsonNode endpoint) {
        return endpoint.path("reason").asText().contains("Connection refused");
    }

    private long answers(int member) {
        return endpoint(member).path("answers").asLong();
    }

    private JsonNode endpoint(int member) {
        try {
            return JSON.readTree(gateway.admin("GET", "/suimon/v1/store", "").body())
                    .path("endpoints")
                    .path(member);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String metrics() {
        return Gateway.send(HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + gateway.managementPort() + "/q/metrics")))
                .body();
    }

    private Pattern sample(String name, int member, String value) {
        return Pattern.compile("suimon_etcd_endpoint_" + name + "\\{endpoint=\"127\\.0\\.0\\.1:"
                + cluster.proxies().get(member).port() + "\",?} " + value);
    }
}
