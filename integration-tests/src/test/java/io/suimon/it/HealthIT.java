package io.suimon.it;

import com.sun.net.httpserver.HttpServer;
import io.suimon.harness.Gateway;
import io.suimon.harness.Origin;
import io.suimon.harness.Ports;
import io.suimon.process.TestPatience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A node of an upstream goes and comes back: who notices, and within which time. */
class HealthIT {

    private static final Duration SOON = TestPatience.LONG;

    @TempDir
    Path folder;

    @Test
    void aNodeThatIsDownIsLeftOutAndTakenBack() throws Exception {
        var gateway = new Gateway(Checkout.ROOT, folder);
        try (var controlPlane = gateway.startControlPlane(List.of(), Map.of()).awaitReady();
                var dataPlane = gateway.startDataPlane(List.of(), Map.of()).awaitReady();
                var good = new Origin("good")) {
            int port = Ports.free(1).getFirst();
            put(gateway, "upstreams/u", """
                    {"type":"roundrobin","retries":0,"nodes":{"%s":1,"127.0.0.1:%d":1},"checks":{"active":{
                    "healthy":{"interval":1,"successes":1},
                    "unhealthy":{"interval":1,"tcp_failures":2}},"passive":{}}}""".formatted(good.node(), port));
            put(gateway, "upstreams/bare", "{\"type\":\"roundrobin\",\"nodes\":{\"127.0.0.1:1\":1}}");
            put(gateway, "routes/r", "{\"uri\":\"/*\",\"upstream_id\":\"u\"}");
            await().until(() -> json(gateway, "/v1/healthcheck").contains("/apisix/upstreams/u"));
            assertThat(json(gateway, "/v1/healthcheck"))
                    .isEqualTo("[{\"name\":\"/apisix/upstreams/u\",\"type\":\"http\",\"nodes\":{}}]");

            gateway.get("/");

            await().atMost(SOON)
                    .until(() -> json(gateway, "/v1/healthcheck/upstreams/u").contains("\"status\":\"unhealthy\""));
            assertThat(json(gateway, "/v1/healthcheck/upstreams/u"))
                    .contains("\"ip\":\"127.0.0.1\",\"port\":%d,\"hostname\":\"127.0.0.1\",\"status\":\"unhealthy\""
                            .formatted(port));
            assertThat(gateway.control("/v1/healthcheck", "text/html").body())
                    .contains("<h1>APISIX upstream check status</h1>", "<tr bgcolor=\"#FF0000\">");
            assertThat(gateway.metrics().body()).contains(standing(port, 0), standing(good.port(), 1));
            for (int i = 0; i < 20; i++) {
                assertThat(gateway.get("/").body()).isEqualTo("good");
            }
            var answered = new AtomicInteger();
            var back = start(port, answered);
            try {
                await().atMost(SOON)
                        .until(() -> !json(gateway, "/v1/healthcheck").contains("unhealthy"));
                await().atMost(SOON).until(() -> gateway.get("/").body().equals("back"));
            } finally {
                back.stop(0);
            }
            await().atMost(SOON).until(() -> json(gateway, "/v1/healthcheck").contains("\"unhealthy\""));
            assertThat(dataPlane.log())
                    .contains("upstreams/u: node 127.0.0.1:" + port + " is unhealthy")
                    .doesNotContain("defect");
            assertThat(gateway.control("/v1/healthcheck/upstreams/bare", "*/*").body())
                    .isEqualTo("{\"error_msg\":\"no checker for upstreams[bare]\"}");

            gateway.admin("DELETE", "/apisix/admin/routes/r", "");
            gateway.admin("DELETE", "/apisix/admin/upstreams/u", "");

            await().atMost(SOON).until(() -> json(gateway, "/v1/healthcheck").equals("{}"));
            assertThat(gateway.metrics().body()).doesNotContain("apisix_upstream_status");
            assertThat(answered).hasPositiveValue();
            assertThat(controlPlane.alive()).isTrue();
        }
    }

    private static String standing(int port, int value) {
        return "apisix_upstream_status{name=\"/apisix/upstreams/u\",ip=\"127.0.0.1\",port=\"%d\"} %d"
                .formatted(port, value);
    }

    private static HttpServer start(int port, AtomicInteger answered) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
        server.createContext("/", exchange -> {
            answered.incrementAndGet();
            exchange.sendResponseHeaders(200, 4);
            exchange.getResponseBody().write("back".getBytes(StandardCharsets.US_ASCII));
            exchange.close();
        });
        server.start();
        return server;
    }

    private static String json(Gateway gateway, String path) {
        return gateway.control(path, "application/json").body();
    }

    private static void put(Gateway gateway, String path, String body) {
        var answer = gateway.admin("PUT", "/apisix/admin/" + path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }
}
