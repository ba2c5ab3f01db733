package io.suimon.dataplane.proxy;

import io.suimon.engine.resource.ResourceKind;
import io.suimon.process.HeldPort;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Nodes judged by probes, over real sockets. */
class ActiveHealthTest {

    private static final String GOOD = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood";
    private static final String EAGER =
            "\"http_path\":\"/hc\",\"timeout\":20,\"healthy\":{\"interval\":1,\"successes\":1},"
                    + "\"unhealthy\":{\"interval\":1,\"http_failures\":1,\"tcp_failures\":1,\"timeouts\":1}";

    /** As {@link #EAGER}, for nodes that hang. */
    private static final String HASTY = EAGER.replace("\"timeout\":20", "\"timeout\":0.3");

    @TempDir
    Path folder;

    private static final String STATUS_500 = "status 500";

    /** What a node does when it is probed, before the connection is closed. */
    private static final Map<String, RawOrigin.Script> MISDEEDS = Map.of(
            STATUS_500,
            c -> c.send("HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n"),
            "close",
            c -> {},
            "reset",
            c -> c.socket.setSoLinger(true, 0),
            "hang before the head",
            c -> c.until("never"),
            "hang in the head",
            c -> {
                c.send("HTTP/1.1 200 OK\r\nA: ");
                c.until("never");
            },
            "garbage",
            c -> c.send("SSH-2.0-x\r\n\r\n"),
            "switch of protocols",
            c -> c.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"),
            "endless head",
            c -> {
                c.send("HTTP/1.1 200 OK\r\n");
                for (int i = 0; i < 1_000_000; i++) {
                    c.send("A: b\r\n");
                }
            },
            "endless interim heads",
            c -> {
                for (int i = 0; i < 1_000_000; i++) {
                    c.send("HTTP/1.1 100 Continue\r\n\r\n");
                }
            },
            "two lengths",
            c -> c.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx"));

    static Set<String> misdeeds() {
        return MISDEEDS.keySet();
    }

    private static RawOrigin origin(AtomicBoolean ill, String misdeed) throws IOException {
        return origin(ill, Objects.requireNonNull(MISDEEDS.get(misdeed)));
    }

    private static RawOrigin origin(AtomicBoolean ill, RawOrigin.Script probed) throws IOException {
        return new RawOrigin(connection -> {
            var head = connection.head();
            while (!head.isEmpty()) {
                if (head.contains(" /hc ") && ill.get()) {
                    probed.serve(connection);
                    return;
                }
                connection.send(GOOD);
                head = connection.head();
            }
        });
    }

    private static String upstream(String active, int... ports) {
        var nodes = new StringBuilder();
        for (int port : ports) {
            nodes.append(nodes.isEmpty() ? "" : ",").append("\"127.0.0.1:" + port + "\":1");
        }
        return "\"upstream\":{\"type\":\"roundrobin\",\"nodes\":{" + nodes + "},\"checks\":{\"active\":{" + active
                + "}}}";
    }

    private static String get(TestGateway gateway) throws IOException {
        return gateway.exchange("GET /r HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    }

    private static long probes(RawOrigin origin) {
        return origin.heads.stream().filter(head -> head.contains(" /hc ")).count();
    }

    private static long requests(RawOrigin origin) {
        return origin.heads.stream().filter(head -> head.contains(" /r ")).count();
    }

    private static boolean isAsked(TestGateway gateway, RawOrigin origin) throws IOException {
        long before = requests(origin);
        get(gateway);
        get(gateway);
        return requests(origin) > before;
    }

    @ParameterizedTest
    @MethodSource("misdeeds")
    void aNodeThatFailsItsProbesIsAskedNoMoreUntilItPassesOne(String misdeed) throws Exception {
        var ill = new AtomicBoolean(true);
        try (var failing = origin(ill, misdeed);
                var other = RawOrigin.answering(GOOD);
                var gateway = new TestGateway()
                        .route(upstream(HASTY, failing.port(), other.port()))
                        .start()) {
            await().until(() -> !isAsked(gateway, failing));

            ill.set(false);

            await().until(() -> isAsked(gateway, failing));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", // and then nothing
                "HTTP/1.1 200 OK\r\n\r\nuntil the connection ends",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nno chunk\r\n",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.0 200 OK\r\n\r\n",
                "HTTP/1.1 204 No Content\r\n\r\n", // says nothing
            })
    void behindAGoodHeadNothingSpeaksAgainstANode(String answer) throws Exception {
        try (var origin = origin(new AtomicBoolean(true), connection -> {
                    do {
                        connection.send(answer);
                    } while (!connection.head().isEmpty());
                });
                var other = RawOrigin.answering(GOOD);
                var gateway = new TestGateway()
                        .route(upstream(EAGER, origin.port(), other.port()))
                        .start()) {
            get(gateway);

            await().until(() -> probes(origin) >= 2);

            assertThat(isAsked(gateway, origin)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "tcp"})
    void aNodeThatRefusesIsAskedAgainOnceItIsBack(String type) throws Exception {
        try (var port = new HeldPort();
                var other = RawOrigin.answering(GOOD);
                var gateway = new TestGateway()
                        .route(upstream("\"type\":\"" + type + "\"," + EAGER, port.number(), other.port())
                                .replace("\"checks\"", "\"retries\":0,\"checks\""))
                        .start()) {
            await().until(() -> {
                var both = get(gateway) + get(gateway);
                return both.split("good", -1).length == 3;
            });

            try (var back = new RawOrigin(
                    connection -> {
                        while (!connection.head().isEmpty()) {
                            connection.send(GOOD);
                        }
                    },
                    port.listen())) {

                await().until(() -> isAsked(gateway, back));
            }
        }
    }

    @Test
    void allDownAllAreAskedAndAllBackToo() throws Exception {
        var ill = new AtomicBoolean(true);
        try (var one = origin(ill, STATUS_500);
                var two = origin(ill, STATUS_500);
                var gateway = new TestGateway()
                        .route(upstream(EAGER, one.port(), two.port()))
                        .start()) {
            get(gateway);
            await().until(() -> probes(one) >= 2 && probes(two) >= 2);

            assertThat(isAsked(gateway, one)).isTrue();
            assertThat(isAsked(gateway, two)).isTrue();
            ill.set(false);
            await().until(() -> isAsked(gateway, one) && isAsked(gateway, two));
        }
    }

    @Test
    void noRequestFailsWhileANodeFlaps() throws Exception {
        try (var flapping = new RawOrigin(connection -> {
                    var head = connection.head();
                    while (!head.isEmpty() && System.currentTimeMillis() / 200 % 2 == 0) {
                        connection.send(GOOD);
                        head = connection.head();
                    }
                });
                var other = RawOrigin.answering(GOOD);
                var gateway = new TestGateway()
                        .route(upstream(EAGER, flapping.port(), other.port()))
                        .start()) {
            var answers = new AtomicInteger();

            await().until(() -> {
                assertThat(get(gateway)).endsWith("good");
                answers.incrementAndGet();
                return probes(flapping) >= 3;
            });

            assertThat(answers.get()).isPositive();
        }
    }

    @Test
    void probesSayWhatIsConfiguredToTheirOwnPort() throws Exception {
        try (var probed = new RawOrigin(connection -> {
                    connection.head();
                    connection.read(2);
                    connection.send(GOOD);
                });
                var node = RawOrigin.answering(GOOD);
                var gateway = new TestGateway()
                        .route(upstream(
                                "\"http_method\":\"POST\",\"http_path\":\"/hc?a=b\",\"http_req_body\":\"hi\",\"host\":\"p.test\","
                                        + "\"req_headers\":[\"X-Probe: yes\"],\"healthy\":{},\"port\":" + probed.port(),
                                node.port()))
                        .start()) {
            get(gateway);

            await().until(() -> !probed.heads.isEmpty());

            assertThat(probed.heads.getFirst())
                    .isEqualTo("POST /hc?a=b HTTP/1.1\r\nHost: p.test\r\nX-Probe: yes\r\nContent-Length: 2\r\n\r\n");
            assertThat(node.heads).noneMatch(head -> head.contains("/hc"));
        }
    }

    @Test
    void nothingIsProbedBeforeTheFirstRequest() throws Exception {
        try (var origin = RawOrigin.answering(GOOD);
                var gateway =
                        new TestGateway().route(upstream(EAGER, origin.port())).start()) {
            await().during(Duration.ofMillis(1500)).until(() -> probes(origin) == 0);

            get(gateway);

            await().until(() -> probes(origin) > 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"http_path\":\"/hc\"", "\"http_path\":\"/hc\",\"unhealthy\":{}"})
    void withoutItsObjectAHealthyNodeIsNeverProbed(String active) throws Exception {
        try (var origin = RawOrigin.answering(GOOD);
                var gateway =
                        new TestGateway().route(upstream(active, origin.port())).start()) {
            get(gateway);

            await().during(Duration.ofMillis(1500)).until(() -> probes(origin) == 0);
        }
    }

    @Test
    void twoThousandRoutesOfOneUpstreamHaveOneStreamOfProbes() throws Exception {
        try (var origin = RawOrigin.answering(GOOD);
                var gateway = new TestGateway()
                        .set("event-loops", "2")
                        .resource(
                                ResourceKind.UPSTREAM,
                                "u",
                                upstream(EAGER, origin.port()).substring("\"upstream\":".length()))) {
            for (int i = 0; i < 2000; i++) {
                gateway.resource(ResourceKind.ROUTE, "n" + i, "{\"uri\":\"/n" + i + "\",\"upstream_id\":\"u\"}");
            }
            gateway.start();
            for (int i = 0; i < 2000; i += 50) {
                gateway.exchange("GET /n" + i + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            }
            long from = System.nanoTime();
            long before = probes(origin);

            await().pollDelay(Duration.ofSeconds(3)).until(() -> probes(origin) > before + 1);

            // Forty routes were asked: if each had a stream of its own, there would be forty probes a second.
            long seconds = Duration.ofNanos(System.nanoTime() - from).toSeconds() + 1;
            assertThat(probes(origin) - before).isLessThan(10 * seconds);
        }
    }

    @Test
    void probesShareConnectionsAndEndWithTheirUpstream() throws Exception {
        try (var origin = RawOrigin.answering(GOOD);
                var gateway = new TestGateway()
                        .setHealth("probes-per-connection", "2")
                        .route(upstream(EAGER, origin.port()))
                        .start()) {
            get(gateway);
            await().until(() -> probes(origin) >= 4);
            // One of them is the request's, and one may be there for the next probe.
            int connections = origin.connections.get();
            assertThat(connections).isBetween(3, 2 + Math.toIntExact(probes(origin) + 1) / 2);

            gateway.reload("\"upstream\":{\"type\":\"roundrobin\",\"nodes\":{\"127.0.0.1:" + origin.port() + "\":1}}");

            await().until(() -> {
                long before = probes(origin);
                await().pollDelay(Duration.ofMillis(1200)).until(() -> true);
                return probes(origin) == before;
            });
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void httpsProbesVerifyUnlessToldNotTo(boolean verify) throws Exception {
        var server = TestAuthority.in(folder, "ca").server(TestAuthority.in(folder, "clients"));
        var socket = server.getServerSocketFactory().createServerSocket(0, 1024, InetAddress.getLoopbackAddress());
        RawOrigin.Script script = connection -> {
            while (!connection.head().isEmpty()) {
                connection.send(GOOD);
            }
        };
        var active = "\"type\":\"https\",\"https_verify_certificate\":%s,".formatted(verify) + EAGER;
        try (var tls = new RawOrigin(script, socket);
                var plain = RawOrigin.answering(GOOD);
                var gateway = new TestGateway()
                        .route(upstream(active, tls.port(), plain.port()))
                        .start()) {
            get(gateway);

            if (verify) {
                await().during(Duration.ofMillis(2500)).until(() -> probes(tls) == 0);
            } else {
                await().until(() -> probes(tls) > 1);
            }
        }
    }

    @Test
    void nodesAreProbedByName() throws Exception {
        try (var origin = RawOrigin.answering(GOOD);
                var gateway = new TestGateway()
                        .route(upstream(EAGER, origin.port()).replace("127.0.0.1", "localhost"))
                        .start()) {
            get(gateway);

            await().until(() -> probes(origin) > 0);

            assertThat(origin.heads)
                    .anyMatch(head -> head.toLowerCase(Locale.ROOT).contains("host: localhost\r\n"));
        }
    }
}
