package io.suimon.dataplane.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.suimon.engine.health.CheckerStatus;
import io.suimon.engine.plugin.PluginCatalog;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import io.suimon.engine.resource.StoredResource;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.suimon.dataplane.control.HeldResources.resource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ConfigurationPagesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final PluginCatalog CATALOG = PluginCatalog.load();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Vertx vertx = Vertx.vertx();
    private final List<StoredResource> held = new ArrayList<>();
    private final ControlServer server = new ControlServer(
            vertx,
            new Loopback(0),
            new SchemaDocument(CATALOG),
            new NoHealth(),
            new ConfigurationPages(new HeldResources(held), CATALOG),
            type -> type.equals("kubernetes") ? Optional.of("{\"endpoints\":[],\"config\":[]}") : Optional.empty());
    private int port;

    private record Loopback(int port) implements ControlConfig {
        @Override
        public String host() {
            return "127.0.0.1";
        }
    }

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

    @BeforeEach
    void start() throws IOException {
        port = server.start();
    }

    @AfterEach
    void stop() {
        server.close();
        http.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/routes", "/v1/services", "/v1/upstreams", "/v1/plugin_metadatas"})
    void anEmptyCollectionIsAnEmptyObject(String path) throws Exception {
        var answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.headers().firstValue("Server")).contains("openresty");
        assertThat(answer.body()).isEqualTo("{}");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/route/x, route[x] not found",
        "/v1/service/1, service[1] not found",
        "/v1/upstream/a.b, upstream[a.b] not found",
        "/v1/plugin_metadata/cors, plugin metadata[cors] not found"
    })
    void whatIsNotThereIsNamed(String path, String message) throws Exception {
        var answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.body()).isEqualTo("{\"error_msg\":\"" + message + "\"}");
    }

    @Test
    void aRouteIsShownWithDefaultsAndWhatItsUpstreamIsAtRunTime() throws Exception {
        held.add(resource(ResourceKind.ROUTE, "1", """
                {"id":"1","uri":"/hello","upstream":{"type":"roundrobin","nodes":{"127.0.0.1:1980":1,"::1":2}}}"""));

        var route = json("/v1/route/1");

        assertThat(names(route))
                .containsExactly("key", "value", "modifiedIndex", "createdIndex", "has_domain", "orig_modifiedIndex");
        assertThat(route).isEqualTo(JSON.readTree("""
                {"key":"/apisix/routes/1","modifiedIndex":7,"createdIndex":3,"orig_modifiedIndex":7,"has_domain":false,
                "value":{"id":"1","uri":"/hello","priority":0,"status":1,"upstream":{"type":"roundrobin","scheme":"http",
                "pass_host":"pass","hash_on":"vars","nodes":[{"host":"127.0.0.1","port":1980,"weight":1,"priority":0},
                {"host":"[::1]","port":80,"weight":2,"priority":0}],
                "resource_key":"/apisix/routes/1","resource_id":"1","resource_version":7}}}"""));
    }

    @Test
    void anUpstreamThatNamesANodeHasADomain() throws Exception {
        held.add(resource(ResourceKind.UPSTREAM, "u", """
                {"id":"u","scheme":"https","nodes":[{"host":"a.test","weight":1},{"host":"b.test","port":1,"weight":0}]}"""));

        var upstream = json("/v1/upstream/u");

        assertThat(upstream.path("has_domain").booleanValue()).isTrue();
        assertThat(upstream.at("/value/nodes")).isEqualTo(JSON.readTree("""
                [{"host":"a.test","port":443,"weight":1,"priority":0},{"host":"b.test","port":1,"weight":0,"priority":0}]"""));
        assertThat(upstream.at("/value/resource_key").textValue()).isEqualTo("/apisix/upstreams/u");
    }

    @Test
    void aServiceThatIsDiscoveredHasNoNodes() throws Exception {
        held.add(resource(ResourceKind.SERVICE, "s", """
                {"id":"s","upstream":{"service_name":"shop/orders:http","discovery_type":"kubernetes"}}"""));

        var service = json("/v1/service/s");

        assertThat(service.path("has_domain").booleanValue()).isFalse();
        assertThat(service.at("/value/upstream/service_name").textValue()).isEqualTo("shop/orders:http");
        assertThat(service.at("/value/upstream").has("nodes")).isFalse();
    }

    @Test
    void configurationsOfPluginsHaveTheirDefaultsToo() throws Exception {
        held.add(resource(
                ResourceKind.ROUTE,
                "1",
                "{\"id\":\"1\",\"uri\":\"/\",\"plugins\":{\"limit-count\":{\"count\":2,\"time_window\":60}}}"));

        var plugin = json("/v1/route/1").at("/value/plugins/limit-count");

        assertThat(plugin.path("count").intValue()).isEqualTo(2);
        assertThat(plugin.path("rejected_code").intValue()).isEqualTo(503);
        assertThat(plugin.path("policy").textValue()).isEqualTo("local");
        assertThat(plugin.path("key").textValue()).isEqualTo("remote_addr");
    }

    @Test
    void metadataIsShownByTheNameOfItsPlugin() throws Exception {
        held.add(resource(
                ResourceKind.PLUGIN_METADATA,
                "cors",
                "{\"id\":\"cors\",\"allow_origins\":{\"ours\":\"https://a.example\"}}"));

        assertThat(get("/v1/plugin_metadata/cors").body())
                .isEqualTo("{\"id\":\"cors\",\"allow_origins\":{\"ours\":\"******\"}}");
        assertThat(json("/v1/plugin_metadatas")).hasSize(1);
    }

    @Test
    void whatARegistryKnowsIsShownAsItSaysIt() throws Exception {
        assertThat(get("/v1/discovery/kubernetes/dump").body()).isEqualTo("{\"endpoints\":[],\"config\":[]}");
        assertThat(get("/v1/discovery/dns/dump").statusCode()).isEqualTo(404);
    }

    @Test
    void aResourceThatIsDamagedIsShownWithoutItsValue() throws Exception {
        held.add(resource(ResourceKind.UPSTREAM, "1", "[\"secret\""));

        assertThat(get("/v1/upstream/1").body())
                .contains("\"key\":\"/apisix/upstreams/1\"")
                .doesNotContain("secret");
    }

    @Test
    void aLargeCollectionIsSentWholeInTheOrderOfIds() throws Exception {
        for (int i = 0; i < 5000; i++) {
            held.add(resource(ResourceKind.ROUTE, "r%05d".formatted(4999 - i), "{\"uri\":\"/%d\"}".formatted(i)));
        }

        var routes = json("/v1/routes");

        assertThat(routes).hasSize(5000);
        assertThat(routes.at("/0/key").textValue()).isEqualTo("/apisix/routes/r00000");
        assertThat(routes.at("/4999/key").textValue()).isEqualTo("/apisix/routes/r04999");
    }

    @Test
    void readersThatDoNotReadLeaveRoomForNoMoreThanAFew() throws Exception {
        for (int i = 0; i < 20_000; i++) {
            held.add(resource(
                    ResourceKind.ROUTE, "r" + i, "{\"uri\":\"/\",\"desc\":\"%s\"}".formatted("x".repeat(250))));
        }
        var lazy = new ArrayList<Socket>();
        try {
            for (int i = 0; i < ListingReply.MAX_LISTINGS; i++) {
                lazy.add(lazyReader());
            }

            await().untilAsserted(() -> {
                var answer = get("/v1/services");
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.body()).isEqualTo("{\"error_msg\":\"listings under way: 4 (expected: fewer)\"}");
            });
            assertThat(get("/v1/route/r1").statusCode()).isEqualTo(200);
        } finally {
            for (var socket : lazy) {
                socket.close();
            }
        }

        await().untilAsserted(() -> assertThat(get("/v1/services").statusCode()).isEqualTo(200));
    }

    private Socket lazyReader() throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.getOutputStream()
                .write("GET /v1/routes HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static List<String> names(JsonNode object) {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private JsonNode json(String path) throws Exception {
        return JSON.readTree(get(path).body());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
