package io.suimon.dataplane.telemetry;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class MetricsServerTest {

    private final Vertx vertx = Vertx.vertx();
    private final MetricsRegistry registry = new MetricsRegistry();
    private final MetricsServer server = new MetricsServer(vertx, new Settings(), new Exposition(registry));
    private final HttpClient http = HttpClient.newHttpClient();

    private record Settings() implements MetricsConfig {
        @Override
        public String host() {
            return "127.0.0.1";
        }

        @Override
        public int port() {
            return 0;
        }

        @Override
        public String path() {
            return "/apisix/prometheus/metrics";
        }

        @Override
        public int maxSeries() {
            return 10;
        }
    }

    @AfterEach
    void stop() {
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void answersPrometheus() throws Exception {
        registry.gauge("a", "A", () -> 1);

        var answer = send("GET", "/apisix/prometheus/metrics?x=1");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("# HELP a A\n# TYPE a gauge\na 1\n");
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
        assertThat(answer.headers().firstValue("Transfer-Encoding")).contains("chunked");
        assertThat(answer.headers().firstValue("Server")).contains("openresty");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /apisix/prometheus/metrics",
        "HEAD, /apisix/prometheus/metrics",
        "GET, /apisix/prometheus/metrics/",
        "GET, /metrics"
    })
    void answersNothingElse(String method, String path) throws Exception {
        var answer = send(method, path);

        assertThat(answer.statusCode()).isEqualTo(404);
    }

    @Test
    void aSourceThatFailsIsAnErrorOfTheServer() throws Exception {
        registry.gauge("a", "A", () -> {
            throw new IllegalStateException("broken");
        });

        var answer = send("GET", "/apisix/prometheus/metrics");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).isEqualTo("{\"message\":\"Failed to retrieve metrics: no data available\"}\n");
    }

    private HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        int port = server.start();
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
