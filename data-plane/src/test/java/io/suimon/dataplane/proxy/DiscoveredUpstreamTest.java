package io.suimon.dataplane.proxy;

import io.suimon.dataplane.cache.CacheFolder;
import io.suimon.dataplane.discovery.DiscoverySettings;
import io.suimon.dataplane.discovery.FakeRegistry;
import io.suimon.dataplane.discovery.ServiceDiscovery;
import io.suimon.engine.compile.Runtime;
import io.suimon.engine.resource.Endpoint;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import io.suimon.process.HeldPort;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Requests to upstreams that name a service, over real sockets. */
class DiscoveredUpstreamTest {

    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";
    private static final String UPSTREAM =
            "\"upstream\":{\"type\":\"roundrobin\",\"service_name\":\"s\",\"discovery_type\":\"fake\"%s}";

    @TempDir
    Path path;

    private final FakeRegistry registry = new FakeRegistry();
    private final Map<String, String> settings = new HashMap<>();
    private HeldPort nobody;
    private CacheFolder folder;
    private RawOrigin one;
    private RawOrigin two;

    @BeforeEach
    void open() throws IOException {
        nobody = new HeldPort();
        folder = CacheFolder.open(path);
        one = origin("one");
        two = origin("two");
    }

    @AfterEach
    void close() throws IOException {
        one.close();
        two.close();
        folder.close();
        nobody.close();
    }

    private static RawOrigin origin(String name) throws IOException {
        return new RawOrigin(connection -> {
            while (!connection.head().isEmpty()) {
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n" + name);
            }
        });
    }

    private TestGateway gateway(String more) throws IOException {
        return new TestGateway()
                .discovering(this::discovery)
                .route(UPSTREAM.formatted(more))
                .start();
    }

    private ServiceDiscovery discovery(Supplier<Runtime> runtime) {
        try {
            return new ServiceDiscovery(
                    DiscoverySettings.of(settings),
                    List.of(registry),
                    runtime,
                    Clock.systemUTC(),
                    DiscoverySettings.kept(folder, settings));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Endpoint at(RawOrigin origin) {
        return new Endpoint("127.0.0.1", origin.port(), 1, 0);
    }

    @Test
    void aRequestWaitsForTheFirstAnswerAndGoesWhereItSays() throws IOException {
        settings.put("discovery.patience", "1h");

        try (var gateway = gateway("");
                var client = gateway.client()) {
            client.send(GET);
            await().until(() -> registry.isFollowed("s"));
            registry.has("s", at(one));

            assertThat(client.all()).startsWith("HTTP/1.1 200 ").endsWith("one");
        }
    }

    @Test
    void aRequestThatWaitsWithItsBodyIsSentWhole() throws IOException {
        settings.put("discovery.patience", "1h");
        try (var echo = new RawOrigin(connection -> {
                    var head = connection.head();
                    var body = connection.read(5);
                    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n" + (head.isEmpty() ? "" : body));
                });
                var gateway = gateway("");
                var client = gateway.client()) {

            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhel");
            await().until(() -> registry.isFollowed("s"));
            client.send("lo");
            registry.has("s", at(echo));

            assertThat(client.all()).endsWith("hello");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"roundrobin", "chash"})
    void endpointsThatChangeAreFollowedWithTheNextRequest(String type) throws IOException {
        registry.has("s", at(one));
        try (var gateway = new TestGateway()
                .discovering(this::discovery)
                .route(UPSTREAM.formatted(",\"key\":\"uri\"").replace("roundrobin", type))
                .start()) {
            assertThat(gateway.exchange(GET)).endsWith("one");

            registry.has("s", at(two));

            assertThat(gateway.exchange(GET)).endsWith("two");
        }
    }

    @Test
    void anEndpointThatIsGoneIsTriedNoMoreThanOnceAndTheNextAnswers() throws IOException {
        registry.has("s", new Endpoint("127.0.0.1", nobody.number(), 1, 0), at(two));
        try (var gateway = gateway("")) {

            for (int i = 0; i < 4; i++) {
                assertThat(gateway.exchange(GET)).endsWith("two");
            }
        }
    }

    @ParameterizedTest(name = "patience {0}, waiting {1}: 503")
    @CsvSource({"100ms, 1000", "1h, 0"})
    void withoutAnAnswerItIs503(String patience, String waiting) throws IOException {
        settings.putAll(Map.of("discovery.patience", patience, "discovery.max-waiting", waiting));

        try (var gateway = gateway("")) {
            assertThat(gateway.exchange(GET))
                    .startsWith("HTTP/1.1 503 ")
                    .contains("503 Service Temporarily Unavailable");
        }
    }

    @Test
    void aServiceWithoutEndpointsIs503() throws IOException {
        registry.has("s");

        try (var gateway = gateway("")) {
            assertThat(gateway.exchange(GET)).startsWith("HTTP/1.1 503 ");
        }
    }

    @Test
    void anUnknownTypeOfBalancerIs500WithTwoEndpoints() throws IOException {
        registry.has("s", at(one), at(two));

        try (var gateway = new TestGateway()
                .discovering(this::discovery)
                .route(UPSTREAM.formatted("").replace("roundrobin", "none"))
                .start()) {
            assertThat(gateway.exchange(GET)).startsWith("HTTP/1.1 500 ");
        }
    }

    @Test
    void aClientThatLeavesWhileItWaitsIsForgotten() throws IOException {
        settings.put("discovery.patience", "1h");
        try (var gateway = gateway("")) {
            try (var client = gateway.client()) {
                client.send(GET);
                await().until(() -> registry.isFollowed("s"));
                client.socket.setSoLinger(true, 0); // one that only ends its own half still wants the answer
            }
            await().until(() -> gateway.listener().counts().running() == 0);

            registry.has("s", at(one));

            assertThat(gateway.exchange(GET)).endsWith("one");
            assertThat(gateway.finished).containsExactly("GET / 499", "GET / 200");
        }
    }

    @Test
    void aClientThatLeavesGivesItsSeatToTheNext() throws IOException {
        settings.putAll(Map.of("discovery.patience", "1h", "discovery.max-waiting", "1"));
        try (var gateway = gateway("");
                var next = gateway.client()) {
            try (var client = gateway.client()) {
                client.send(GET);
                await().until(() -> gateway.listener().counts().running() == 1);
                assertThat(gateway.exchange(GET)).startsWith("HTTP/1.1 503 ");
                client.socket.setSoLinger(true, 0);
            }
            await().until(() -> gateway.listener().counts().running() == 0);

            next.send(GET);

            await().until(() -> gateway.listener().counts().running() == 1);
            registry.has("s", at(one));
            assertThat(next.all()).startsWith("HTTP/1.1 200 ").endsWith("one");
        }
    }

    @Test
    void healthIsKnownByPlaceAndSurvivesChangesOfEndpoints() throws IOException {
        var dead = new Endpoint("127.0.0.1", nobody.number(), 1, 0);
        registry.has("s", dead, at(one));
        var key = new ResourceKey(ResourceKind.ROUTE, "r0");
        try (var gateway = gateway(",\"checks\":{\"active\":{\"healthy\":{\"interval\":1,\"successes\":1},"
                + "\"unhealthy\":{\"interval\":1,\"tcp_failures\":1}}}")) {
            gateway.exchange(GET);
            var directory = gateway.health().directory();
            await().until(() -> Objects.requireNonNull(directory.of(key)).nodes().stream()
                    .anyMatch(node ->
                            node.port() == dead.port() && !node.health().state().usable()));

            registry.has("s", dead, at(two));

            await().until(() -> Objects.requireNonNull(directory.of(key)).nodes().stream()
                    .anyMatch(node -> node.port() == two.port()));
            assertThat(Objects.requireNonNull(directory.of(key)).nodes())
                    .anyMatch(node ->
                            node.port() == dead.port() && !node.health().state().usable())
                    .noneMatch(node -> node.port() == one.port());
            assertThat(gateway.exchange(GET)).endsWith("two");
        }
    }
}
