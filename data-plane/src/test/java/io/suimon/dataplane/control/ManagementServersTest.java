package io.suimon.dataplane.control;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.suimon.engine.health.CheckerStatus;
import io.suimon.engine.plugin.PluginCatalog;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.process.TestPatience;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ManagementServersTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Vertx VERTX = Vertx.vertx();
    private static final AtomicReference<String> MISSING = new AtomicReference<>("");

    private static final StatusServer STATUS = new StatusServer(VERTX, new StatusSettings(0), MISSING::get);
    private static final PluginCatalog CATALOG = PluginCatalog.load();
    private static final ControlServer CONTROL = new ControlServer(
            VERTX,
            new ControlSettings(0),
            new SchemaDocument(CATALOG),
            new NoHealth(),
            new ConfigurationPages(new HeldResources(List.of()), CATALOG),
            type -> type.equals("fake") ? Optional.of("{\"services\":{}}") : Optional.empty());

    private static int statusPort;
    private static int controlPort;

    private record NoHealth() implements HealthDirectory {
        @Override
        public List<CheckerStatus> all() {
            return List.of();
        }

        @Override
        public @Nullable CheckerStatus of(ResourceKey key) {
            return null;
        }

        @Override
        public boolean exists(ResourceKey key) {
            return false;
        }
    }

    private record StatusSettings(int port) implements StatusConfig {
        @Override
        public String host() {
            return "127.0.0.1";
        }
    }

    private record ControlSettings(int port) implements ControlConfig {
        @Override
        public String host() {
            return "127.0.0.1";
        }
    }

    @BeforeAll
    static void start() throws IOException {
        statusPort = STATUS.start();
        controlPort = CONTROL.start();
    }

    @AfterAll
    static void stop() {
        STATUS.close();
        CONTROL.close();
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "DELETE"})
    void aLivingProcessSaysSoByWhateverMethod(String method) throws Exception {
        var answer = send(statusPort, method, "/status");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"status\":\"ok\"}\n");
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
        assertThat(answer.headers().firstValue("Server")).contains("openresty");
    }

    @Test
    void aNodeWithoutConfigurationIsNotReady() throws Exception {
        MISSING.set("has not received \"configuration\"");

        var answer = send(statusPort, "GET", "/status/ready");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body())
                .isEqualTo("{\"status\":\"error\",\"error\":\"has not received \\\"configuration\\\"\"}\n");
    }

    @Test
    void aNodeThatLacksNothingIsReady() throws Exception {
        MISSING.set("");

        var answer = send(statusPort, "GET", "/status/ready?now");

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void theControlApiShowsTheSchemasOfTheNode() throws Exception {
        var answer = send(controlPort, "GET", "/v1/schema");

        var document = new ObjectMapper().readTree(answer.body());
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(document.at("/main/route/properties/uri/maxLength").intValue())
                .isEqualTo(4096);
        assertThat(document.at("/plugins/key-auth/type").textValue()).isEqualTo("auth");
        assertThat(document.at("/plugins/key-auth/consumer_schema/required/0").textValue())
                .isEqualTo("key");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /v1/gc, ''",
        "PUT, /v1/plugins/reload, done",
    })
    void whatNeedsNothingDoneIsAnsweredAsDone(String method, String path, String body) throws Exception {
        var answer = send(controlPort, method, path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/nothing",
        "GET, /v1/gc",
        "POST, /v1/plugins/reload",
        "POST, /v1/healthcheck",
        "GET, /v1/healthchecks",
        "POST, /v1/schema",
        "GET, /",
        "GET, /v1/schema/",
        "HEAD, /v1/schema",
        "GET, /v1/server_info",
        "POST, /v1/routes",
        "GET, /v1/routes/1",
        "GET, /v1/route",
        "GET, /v1/route/",
        "DELETE, /v1/route/1",
        "GET, /v1/consumers",
        "GET, /v1/ssls",
        "GET, /v1/discovery/kubernetes/dump",
        "GET, /v1/plugin/example-plugin/hello"
    })
    void whatIsNotThereIsAPageOfNginx(String method, String path) throws Exception {
        var answer = send(controlPort, method, path);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Length")).contains("225");
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    }

    @Test
    void aTakenPortIsNamed() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var server = new StatusServer(VERTX, new StatusSettings(taken.getLocalPort()), () -> "");

            assertThatThrownBy(server::start)
                    .hasMessageStartingWith("suimon.status: cannot listen on 127.0.0.1:" + taken.getLocalPort() + ": ");
        }
    }

    @Test
    void aPortThatIsNoneIsNamed() {
        var server = new StatusServer(VERTX, new StatusSettings(70000), () -> "");

        assertThatThrownBy(server::start).hasMessage("suimon.status.port: 70000 (expected: 0..65535)");
    }

    @Test
    void oneConnectionTooManyIsClosed() throws IOException {
        var server = new StatusServer(VERTX, new StatusSettings(0), () -> "");
        int port = server.start();
        List<Socket> held = new ArrayList<>();
        for (int i = 0; i < ManagementListener.MAX_CONNECTIONS; i++) {
            held.add(new Socket(InetAddress.getLoopbackAddress(), port));
        }

        try (var oneMore = new Socket(InetAddress.getLoopbackAddress(), port)) {
            oneMore.setSoTimeout(TestPatience.MILLIS);

            assertThat(oneMore.getInputStream().read()).isEqualTo(-1);
        } finally {
            for (var socket : held) {
                socket.close();
            }
            server.close();
        }
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "GET,  /v1/discovery/fake/dump,      200",
        "GET,  /v1/discovery/dns/dump,       404",
        "GET,  /v1/discovery//dump,          404",
        "GET,  /v1/discovery/dump,           404",
        "GET,  /v1/discovery/fake,           404",
        "GET,  /v1/discovery/fake/dump/dump, 404",
        "POST, /v1/discovery/fake/dump,      404",
    })
    void registriesThatShowWhatTheyKnowDoSo(String method, String path, int status) throws Exception {
        var answer = send(controlPort, method, path);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .contains(status == 200 ? "application/json" : "text/html; charset=utf-8");
        assertThat(answer.body()).contains(status == 200 ? "{\"services\":{}}" : "<h1>404 Not Found</h1>");
    }

    private static HttpResponse<String> send(int port, String method, String path)
            throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
