package io.suimon.dataplane.proxy;

import io.suimon.process.HeldPort;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A node that fails in one of the ways nodes fail: what the client sees of it, how soon, whether another node is asked, and that
 * nothing of it stays behind.
 */
@SuppressWarnings("StringConcatToTextBlock") // wire text: every line end counts
class UpstreamFaultsTest {

    static final String GOOD = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood";
    private static final String TIMEOUTS = ",\"timeout\":{\"connect\":9,\"send\":9,\"read\":1}";

    /** For ever, as far as a test goes. */
    private static final Duration HANG = Duration.ofMinutes(1);

    /** Behind when it is due; no more than to tell it from never: machines may be busy. */
    private static final long LATE_MILLIS = 20_000;

    /** Ends whatever nodes wait for. */
    private final CountDownLatch over = new CountDownLatch(1);

    private final HeldPort nobody = new HeldPort();

    UpstreamFaultsTest() throws IOException {}

    /** What a node does with a connection. */
    enum Fault {
        /** Nobody listens. */
        REFUSES {
            @Override
            void serve(UpstreamFaultsTest test, RawOrigin.Connection connection) {}
        },
        RESETS_AT_ONCE {
            @Override
            void serve(UpstreamFaultsTest test, RawOrigin.Connection connection) throws IOException {
                connection.socket.setSoLinger(true, 0);
            }
        },
        RESETS_BEHIND_THE_REQUEST {
            @Override
            void serve(UpstreamFaultsTest test, RawOrigin.Connection connection) throws IOException {
                connection.head();
                connection.socket.setSoLinger(true, 0);
            }
        },
        CLOSES_BEHIND_THE_REQUEST {
            @Override
            void serve(UpstreamFaultsTest test, RawOrigin.Connection connection) throws IOException {
                connection.head();
            }
        },
        CLOSES_IN_THE_HEAD {
            @Override
            void serve(UpstreamFaultsTest test, RawOrigin.Connection connection) throws IOException {
                connection.head();
                connection.send("HTTP/1.1 200 OK\r\nContent-Le");
            }
        },
        HANGS_BEFORE_THE_HEAD {
            @Override
            void serve(UpstreamFaultsTest test, RawOrigin.Connection connection) throws IOException {
                connection.head();
                test.pause(HANG);
            }
        },
        HANGS_IN_THE_HEAD {
            @Override
            void serve(UpstreamFaultsTest test, RawOrigin.Connection connection) throws IOException {
                connection.head();
                connection.send("HTTP/1.1 200 OK\r\nContent-Le");
                test.pause(HANG);
            }
        },
        HANGS_BEHIND_THE_HEAD {
            @Override
            void serve(UpstreamFaultsTest test, RawOrigin.Connection connection) throws IOException {
                connection.head();
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n");
                test.pause(HANG);
            }
        },
        HANGS_IN_THE_BODY {
            @Override
            void serve(UpstreamFaultsTest test, RawOrigin.Connection connection) throws IOException {
                connection.head();
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\npart");
                test.pause(HANG);
            }
        },
        ANSWERS_GARBAGE {
            @Override
            void serve(UpstreamFaultsTest test, RawOrigin.Connection connection) throws IOException {
                connection.head();
                connection.send("\0\1\2 220 mail.test ESMTP\r\n\r\n");
                test.pause(HANG);
            }
        },
        ANSWERS_BEFORE_IT_IS_ASKED {
            @Override
            void serve(UpstreamFaultsTest test, RawOrigin.Connection connection) throws IOException {
                connection.send("220 mail.test ESMTP\r\n\r\n");
                test.pause(HANG);
            }
        },
        CLOSES_IN_A_BODY_OF_KNOWN_LENGTH {
            @Override
            void serve(UpstreamFaultsTest test, RawOrigin.Connection connection) throws IOException {
                connection.head();
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\npart");
            }
        },
        CLOSES_IN_A_CHUNKED_BODY {
            @Override
            void serve(UpstreamFaultsTest test, RawOrigin.Connection connection) throws IOException {
                connection.head();
                connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npart\r\n");
            }
        },
        BREAKS_OFF_WITH_A_BAD_CHUNK {
            @Override
            void serve(UpstreamFaultsTest test, RawOrigin.Connection connection) throws IOException {
                connection.head();
                connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npart\r\nnonsense\r\n");
                test.pause(HANG);
            }
        };

        abstract void serve(UpstreamFaultsTest test, RawOrigin.Connection connection) throws IOException;
    }

    /** Waits for the time given, or the end of the test. */
    private void pause(Duration time) {
        try {
            over.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void end() throws IOException {
        over.countDown();
        nobody.close();
    }

    private RawOrigin node(Fault fault) throws IOException {
        if (fault != Fault.REFUSES) {
            return new RawOrigin(connection -> fault.serve(this, connection));
        }
        var node = new RawOrigin(connection -> {}, nobody.listen());
        node.close();
        FlappingNode.awaitRefused(node.port());
        return node;
    }

    /** Nodes that are asked in this order. */
    private static String upstream(String more, int... ports) {
        var nodes = new StringBuilder();
        for (int port : ports) {
            nodes.append(nodes.isEmpty() ? "" : ",")
                    .append("{\"host\":\"127.0.0.1\",\"port\":" + port + ",\"weight\":1,\"priority\":" + -nodes.length()
                            + "}");
        }
        return "\"upstream\":{\"type\":\"roundrobin\",\"nodes\":[" + nodes + "]" + more + "}";
    }

    private static String request(String method) {
        return method + " / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    }

    /** What a client sees: a status, or "broken" where the answer began and its end can be seen to be missing. */
    private static String seen(String answer) {
        boolean whole = answer.contains("Content-Length: ")
                ? answer.length()
                        == answer.indexOf("\r\n\r\n") + 4 + Integer.parseInt(between(answer, "Content-Length: ", "\r"))
                : answer.endsWith("0\r\n\r\n");
        return answer.isEmpty() ? "nothing" : whole ? answer.substring(9, 12) : "broken";
    }

    private static String between(String text, String begin, String end) {
        int from = text.indexOf(begin) + begin.length();
        return text.substring(from, text.indexOf(end, from));
    }

    private static void assertNothingLeft(TestGateway gateway, int port) {
        await().untilAsserted(() -> {
            assertThat(OpenSockets.to(port)).isZero();
            assertThat(gateway.listener().counts().running()).isZero();
            assertThat(gateway.listener().counts().active()).isZero();
        });
    }

    @ParameterizedTest(name = "{0}: {1} after {4} ms; with another node GET {2}, POST {3}")
    @CsvSource({
        // fault,                        alone,  GET,    POST,   milliseconds
        "REFUSES,                          502,    200,    200,    0",
        "RESETS_AT_ONCE,                   502,    200,    any,    0", // as it comes before or behind the request
        "RESETS_BEHIND_THE_REQUEST,        502,    200,    502,    0",
        "CLOSES_BEHIND_THE_REQUEST,        502,    200,    502,    0",
        "CLOSES_IN_THE_HEAD,               502,    200,    502,    0",
        "HANGS_BEFORE_THE_HEAD,            504,    200,    504,    1000",
        "HANGS_IN_THE_HEAD,                504,    200,    504,    1000",
        "HANGS_BEHIND_THE_HEAD,            broken, broken, broken, 1000",
        "HANGS_IN_THE_BODY,                broken, broken, broken, 1000",
        "ANSWERS_GARBAGE,                  502,    200,    502,    0",
        "ANSWERS_BEFORE_IT_IS_ASKED,       502,    200,    502,    0",
        "CLOSES_IN_A_BODY_OF_KNOWN_LENGTH, broken, broken, broken, 0",
        "CLOSES_IN_A_CHUNKED_BODY,         broken, broken, broken, 0",
        "BREAKS_OFF_WITH_A_BAD_CHUNK,      broken, broken, broken, 0",
    })
    void aFaultIsSeenInTimeAndAnotherNodeIsAskedWhereThatIsSafe(
            Fault fault, String alone, String get, String post, long millis) throws Exception {
        try (var node = node(fault);
                var good = RawOrigin.answering(GOOD);
                var lonely =
                        new TestGateway().route(upstream(TIMEOUTS, node.port())).start();
                var gateway = new TestGateway()
                        .route(upstream(TIMEOUTS, node.port(), good.port()))
                        .start()) {

            long begun = System.nanoTime();
            assertThat(seen(lonely.exchange(request("GET")))).isEqualTo(alone);
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
            assertThat(seen(gateway.exchange(request("GET")))).isEqualTo(get);
            var posted = seen(gateway.exchange(request("POST")));
            assertThat(posted).isIn(post.equals("any") ? List.of("200", "502") : List.of(post));

            assertThat(took).isBetween(millis, millis + LATE_MILLIS);
            assertThat(good.heads).hasSize((get.equals("200") ? 1 : 0) + (posted.equals("200") ? 1 : 0));
            assertNothingLeft(lonely, node.port());
            assertNothingLeft(gateway, node.port());
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void nothingStaysBehindOfAClientThatDoesNotWaitForIt(Fault fault) throws Exception {
        try (var node = node(fault);
                var gateway = new TestGateway().route(upstream("", node.port())).start()) {
            for (int i = 0; i < 10; i++) {
                var client = gateway.client();
                client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n" + "x".repeat(1_000 * i));
                client.close();
            }

            assertNothingLeft(gateway, node.port());
        }
    }

    @Test
    void anAnswerThatTricklesIsPassedOnAsItComes() throws Exception {
        var answer = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc";
        try (var node = new RawOrigin(connection -> {
                    connection.head();
                    for (int i = 0; i < answer.length(); i++) {
                        connection.send(answer.substring(i, i + 1));
                        pause(Duration.ofMillis(
                                i < 5 || i > answer.length() - 4 ? 400 : 1)); // less than the read timeout
                    }
                });
                var gateway = new TestGateway()
                        .route(upstream(TIMEOUTS.replace("\"read\":1", "\"read\":2"), node.port()))
                        .start();
                var client = gateway.client()) {

            client.send(request("GET"));

            assertThat(client.until("\r\n\r\na")).startsWith("HTTP/1.1 200 OK\r\n");
            assertThat(over.getCount()).isOne();
            assertThat(client.all()).isEqualTo("bc");
            assertNothingLeft(gateway, node.port());
        }
    }

    @Test
    void aNodeThatFlapsCostsNoRequestBesideOneThatDoesNot() throws Exception {
        try (var flapping = new FlappingNode(Duration.ofMillis(200));
                var good = RawOrigin.answering(GOOD);
                var gateway = new TestGateway()
                        .route("\"upstream\":{\"type\":\"roundrobin\",\"nodes\":{\"127.0.0.1:" + flapping.port
                                + "\":1,\"127.0.0.1:" + good.port()
                                + "\":1},\"checks\":{\"active\":{\"healthy\":{},\"unhealthy\":{}},"
                                + "\"passive\":{\"unhealthy\":{\"tcp_failures\":2}}}}")
                        .start();
                var client = gateway.client()) {

            while (flapping.rounds.get() < 8) {
                assertThat(client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").response())
                        .startsWith("HTTP/1.1 200 ");
                pause(Duration.ofMillis(5));
            }

            assertThat(client.send(request("GET")).all()).startsWith("HTTP/1.1 200 ");
            flapping.end();
            assertNothingLeft(gateway, flapping.port);
        }
    }

    @ParameterizedTest(name = "checks: {0}")
    @CsvSource({"''", "',\"checks\":{\"active\":{\"healthy\":{},\"unhealthy\":{}},\"passive\":{}}'"})
    void whenAllNodesAreDownAndBackSoAreTheAnswers(String checks) throws Exception {
        try (var first = new FlappingNode(Duration.ofDays(1));
                var second = new FlappingNode(Duration.ofDays(1));
                var gateway = new TestGateway()
                        .route(upstream(TIMEOUTS + checks, first.port, second.port))
                        .start()) {
            assertThat(seen(gateway.exchange(request("GET")))).isEqualTo("200");

            first.down();
            second.down();
            for (int i = 0; i < 10; i++) {
                assertThat(seen(gateway.exchange(request("GET")))).isEqualTo("502");
            }
            first.up();
            second.up();

            assertThat(List.of(
                            seen(gateway.exchange(request("GET"))),
                            seen(gateway.exchange(request("GET"))),
                            seen(gateway.exchange(request("GET")))))
                    .containsOnly("200");
        }
    }
}
