package io.suimon.dataplane.proxy;

import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@SuppressWarnings("StringConcatToTextBlock") // wire text: every line end counts
class ResponseTest {

    /** What a body ends with that is a number: before the next response, or at the end. */
    private static final Pattern NUMBER = Pattern.compile("\\d+(?=HTTP/1\\.1 |$)");

    private static final String BAD_GATEWAY = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
            + "<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>openresty</center>\r\n"
            + "<p><em>Powered by <a href=\"https://apisix.apache.org/\">APISIX</a>.</em></p></body>\r\n</html>\r\n";

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "GET,  1.1, 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi',                  'Content-Length: 2',          'hi'",
        "HEAD, 1.1, 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n',                    'Content-Length: 2',          ''",
        "GET,  1.1, 'HTTP/1.1 304 Not Modified\r\nContent-Length: 2\r\n\r\n',          'Content-Length: 2',          ''",
        "GET,  1.1, 'HTTP/1.1 204 No Content\r\nX: 1\r\n\r\n',                         'X: 1',                       ''",
        "GET,  1.1, 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n',                    'Content-Length: 0',          ''",
        "GET,  1.1, 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n', 'Transfer-Encoding: chunked', '2\r\nhi\r\n0\r\n\r\n'",
        "GET,  1.1, 'HTTP/1.1 200 OK\r\n\r\nhi',                                       'Transfer-Encoding: chunked', '2\r\nhi\r\n0\r\n\r\n'",
        "GET,  1.0, 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n', 'Connection: close',  'hi'",
        "GET,  1.0, 'HTTP/1.1 200 OK\r\n\r\nhi',                                       'Connection: close',          'hi'",
        "GET,  1.1, 'HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nhi',                  'Content-Length: 2',          'hi'",
    })
    void framesTheBodyAsTheClientCanReadIt(String method, String version, String response, String field, String body)
            throws Exception {
        try (var origin = new RawOrigin(connection -> {
                    connection.head();
                    connection.send(response);
                });
                var gateway = TestGateway.to(origin.port())) {

            var answer = gateway.exchange(method + " / HTTP/" + version + "\r\nHost: a\r\nConnection: close\r\n\r\n");

            assertThat(answer).contains("\r\n" + field + "\r\n").endsWith("\r\n\r\n" + body);
        }
    }

    @Test
    void keepsTheConnectionOfAnOldClientThatAsksForIt() throws Exception {
        try (var origin = RawOrigin.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
                var gateway = TestGateway.to(origin.port());
                var client = gateway.client()) {

            var first = client.send("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n")
                    .response();
            var second = client.send("GET / HTTP/1.0\r\n\r\n").all();

            assertThat(first).contains("Connection: keep-alive").endsWith("hi");
            assertThat(second).contains("Connection: close").endsWith("hi");
            assertThat(origin.heads.getFirst())
                    .contains(" HTTP/1.1\r\n", "X-Forwarded-Host: _\r\n")
                    .doesNotContain("\r\nHost:");
        }
    }

    @Test
    void passesEarlyHintsAndAnswersContinueItself() throws Exception {
        try (var origin = new RawOrigin(connection -> {
                    connection.head();
                    connection.send("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
                    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
                });
                var gateway = TestGateway.to(origin.port())) {

            var answer = gateway.exchange("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

            assertThat(answer)
                    .startsWith("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\n")
                    .endsWith("hi");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nhi",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\nhi",
                "HTTP/1.1 200 OK\nContent-Length: 2\n\nhi",
                "HTTP/1.1 101 Switching Protocols\r\n\r\n",
                "no http at all\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX: 1\r\n",
                "",
            })
    void answersBadGatewayToWhatIsNoResponse(String response) throws Exception {
        try (var origin = new RawOrigin(connection -> {
                    connection.head();
                    connection.send(response);
                });
                var gateway = TestGateway.to(origin.port())) {

            var answer = gateway.exchange("POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

            assertThat(answer)
                    .startsWith("HTTP/1.1 502 Bad Gateway\r\n")
                    .contains("Content-Length: 229\r\n", "X-APISIX-Upstream-Status: 502\r\n")
                    .endsWith(BAD_GATEWAY);
        }
    }

    @Test
    void breaksOffWhereTheUpstreamBrokeOff() throws Exception {
        try (var origin = new RawOrigin(connection -> {
                    connection.head();
                    connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n");
                });
                var gateway = TestGateway.to(origin.port())) {

            var answer = gateway.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n");

            assertThat(answer).endsWith("\r\n2\r\nhi\r\n");
        }
    }

    @Test
    void removesFieldsThatConnectionNamesOnBothSides() throws Exception {
        try (var origin = RawOrigin.answering(
                        "HTTP/1.1 200 OK\r\nConnection: X-Hop\r\nX-Hop: 1\r\nX-End: 2\r\nContent-Length: 0\r\n\r\n");
                var gateway = TestGateway.to(origin.port())) {

            var answer = gateway.exchange("GET / HTTP/1.1\r\nHost: a\r\nX-Mine: 1\r\nX-Other: 2\r\n"
                    + "Proxy-Authorization: p\r\nConnection: close, x-mine\r\n\r\n");

            assertThat(answer).contains("X-End: 2").doesNotContain("X-Hop");
            assertThat(origin.heads.getFirst())
                    .contains("X-Other: 2", "Proxy-Authorization: p")
                    .doesNotContain("X-Mine", "Connection");
        }
    }

    @Test
    void showsTheStatusOfAnUpstreamThatFailed() throws Exception {
        try (var origin = RawOrigin.answering("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
                var gateway = TestGateway.to(origin.port())) {

            var answer = gateway.exchange("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

            assertThat(answer).startsWith("HTTP/1.1 503 Busy\r\n").contains("X-APISIX-Upstream-Status: 503\r\n");
        }
    }

    @Test
    void streamsALargeBodyToAClientThatReadsSlowlyWithoutHoldingIt() throws Exception {
        var sent = new java.util.concurrent.atomic.AtomicLong();
        var part = "x".repeat(64 * 1024);
        try (var origin = new RawOrigin(connection -> {
                    connection.head();
                    connection.send("HTTP/1.1 200 OK\r\nContent-Length: " + 65536 * 1024L + "\r\n\r\n");
                    for (int i = 0; i < 1024; i++) {
                        connection.send(part);
                        sent.addAndGet(part.length());
                    }
                });
                var gateway = TestGateway.to(origin.port());
                var client = gateway.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            client.until("\r\n\r\n");

            org.awaitility.Awaitility.await()
                    .during(java.time.Duration.ofMillis(300))
                    .until(new Unchanged(sent::get)::holds);
            long heldBack = sent.get();
            long read = client.socket.getInputStream().readAllBytes().length;

            assertThat(heldBack).isLessThan(32 * 1024 * 1024);
            assertThat(read).isEqualTo(65536 * 1024L);
        }
    }

    @Test
    void answersNoFurtherRequestsOfAClientThatTakesNoAnswers() throws Exception {
        int requests = 10_000; // 20 MB of answers: more than the kernel keeps for both sides
        try (var origin = new RawOrigin(connection -> {
                    for (var head = connection.head(); !head.isEmpty(); head = connection.head()) {
                        connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n"
                                + "%2000s".formatted(head.substring(5, head.indexOf(" HTTP"))));
                    }
                });
                var gateway = new TestGateway()
                        .set("max-requests-per-connection", "100000")
                        .route(TestGateway.upstream(origin.port()))
                        .start();
                var client = gateway.client()) {
            var sending = sendPipelined(client, requests);
            org.awaitility.Awaitility.await()
                    .during(java.time.Duration.ofMillis(300))
                    .until(new Unchanged(() -> origin.heads.size())::holds);
            int askedUnread = origin.heads.size();

            var answers = client.all();

            sending.join();
            assertThat(askedUnread).isLessThan(requests);
            assertThat(NUMBER.matcher(answers).results().map(java.util.regex.MatchResult::group))
                    .containsExactlyElementsOf(IntStream.range(0, requests)
                            .mapToObj(Integer::toString)
                            .toList());
        }
    }

    private static Thread sendPipelined(RawClient client, int requests) {
        return Thread.ofVirtual().start(() -> {
            try {
                for (int i = 0; i < requests; i++) {
                    var last = i == requests - 1 ? "Connection: close\r\n" : "";
                    client.send("GET /" + i + " HTTP/1.1\r\nHost: a\r\n" + last + "\r\n");
                }
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    /** A number that has stopped growing. */
    private static final class Unchanged {
        private final java.util.function.LongSupplier number;
        private long before = -1;

        Unchanged(java.util.function.LongSupplier number) {
            this.number = number;
        }

        boolean holds() {
            long now = number.getAsLong();
            boolean same = now == before;
            before = now;
            return same;
        }
    }
}
