package io.suimon.dataplane.proxy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Every limit of docs/limits.md that a client can come up against: what it sees, and that it is counted. */
@SuppressWarnings("StringConcatToTextBlock") // wire text: every line end counts
class LimitsTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String POST = "POST / HTTP/1.1\r\nHost: a\r\n";

    @ParameterizedTest(name = "{0}={1}: {3} is {4}")
    @CsvSource({
        "head.max-bytes,   1000, 'GET / HTTP/1.1\r\nHost: a\r\nX: ', 1000, 'HTTP/1.1 431 Request Header Fields Too Large', HEAD",
        "head.max-fields,  10,   'GET / HTTP/1.1\r\nHost: a\r\n',    20,   'HTTP/1.1 431 Request Header Fields Too Large', HEAD",
        "head.max-line,    100,  'GET /',                            100,  'HTTP/1.1 414 Request-URI Too Large',           REQUEST_LINE",
        "max-body,         10,   'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n', 0, 'HTTP/1.1 413 Request Entity Too Large', BODY",
        "timeout.head,     PT0.2S, 'GET /',                          0,    '',                                             HEAD_TIMEOUT",
        "timeout.body,     PT0.2S, 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n', 0, '',                   BODY_TIMEOUT",
    })
    void saysWhatItIsAndCountsIt(String limit, String value, String begin, int more, String answer, Refusal why)
            throws Exception {
        var line = limit.equals("head.max-fields") ? "X: y\r\n" : "x";
        var end = limit.equals("head.max-fields") ? "\r\n" : "";
        try (var origin = new RawOrigin(connection -> connection.until("never"));
                var gateway = new TestGateway()
                        .set(limit, value)
                        .set("head.max-line", limit.equals("head.max-line") ? value : "100")
                        .route(TestGateway.upstream(origin.port()))
                        .start();
                var client = gateway.client()) {

            var request = begin + line.repeat(more) + end;
            var got = answer.isEmpty()
                    ? client.answerBeforeTheEnd(request)
                    : client.send(request).all();

            assertThat(got).startsWith(answer);
            assertThat(got.isEmpty() || got.contains("\r\nConnection: close\r\n"))
                    .isTrue();
            assertThat(gateway.listener().counts().refused(why)).isEqualTo(1);
        }
    }

    @Test
    void closesConnectionsBeyondThoseOfOneAddress() throws Exception {
        try (var origin = RawOrigin.answering(OK);
                var gateway = new TestGateway()
                        .set("max-connections-per-address", "2")
                        .route(TestGateway.upstream(origin.port()))
                        .start();
                var first = gateway.client()) {
            first.send(GET).response();
            try (var second = gateway.client()) {
                second.send(GET).response();

                assertThat(gateway.exchange("")).isEmpty();
            }

            Awaitility.await().until(() -> gateway.listener().counts().active() == 1);
            try (var third = gateway.client()) {
                assertThat(third.send(GET).response()).endsWith("hi");
            }
            assertThat(gateway.listener().counts().refused(Refusal.CONNECTIONS_OF_ADDRESS))
                    .isEqualTo(1);
        }
    }

    @Test
    void countsConnectionsBeyondTheLimit() throws Exception {
        try (var origin = RawOrigin.answering(OK);
                var gateway = new TestGateway()
                        .set("max-connections", "1")
                        .route(TestGateway.upstream(origin.port()))
                        .start();
                var first = gateway.client()) {
            first.send(GET).response();

            var second = gateway.exchange("");

            assertThat(second).isEmpty();
            assertThat(gateway.listener().counts().refused(Refusal.CONNECTIONS)).isEqualTo(1);
        }
    }

    @Test
    void countsConnectionsThatAreIdle() throws Exception {
        try (var origin = RawOrigin.answering(OK);
                var gateway = new TestGateway()
                        .set("timeout.idle", "PT0.2S")
                        .route(TestGateway.upstream(origin.port()))
                        .start();
                var client = gateway.client()) {
            client.send(GET).response();

            var rest = client.all();

            assertThat(rest).isEmpty();
            assertThat(gateway.listener().counts().refused(Refusal.IDLE)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'Transfer-Encoding: chunked\r\n\r\n8\r\nabcdefgh\r\n8\r\nabcdefgh\r\n0\r\n\r\n'",
        "'Expect: 100-continue\r\nContent-Length: 16\r\n\r\n'",
        "'Content-Length: 999999999999999999\r\n\r\n'",
    })
    void noBodyIsLongerThanTheLimit(String rest) throws Exception {
        try (var origin = RawOrigin.answering(OK);
                var gateway = new TestGateway()
                        .set("max-body", "10")
                        .route(TestGateway.upstream(origin.port()))
                        .start()) {

            var answer = gateway.exchange(POST + rest);
            var after = gateway.exchange(POST + "Connection: close\r\nContent-Length: 10\r\n\r\n0123456789");

            assertThat(answer)
                    .startsWith("HTTP/1.1 413 Request Entity Too Large\r\n")
                    .contains("\r\nConnection: close\r\n");
            assertThat(after).startsWith("HTTP/1.1 200 OK\r\n");
            assertThat(gateway.listener().counts().refused(Refusal.BODY)).isEqualTo(1);
        }
    }

    @Test
    void cutsOffBodiesThatComeTooSlowly() throws Exception {
        try (var origin = new RawOrigin(connection -> connection.until("never"));
                var gateway = new TestGateway()
                        .set("min-body-rate", "1000")
                        .set("timeout.body-rate", "PT0.4S")
                        .route(TestGateway.upstream(origin.port()))
                        .start();
                var client = gateway.client()) {
            client.send(POST + "Content-Length: 100000\r\n\r\n");

            Awaitility.await().pollInterval(Duration.ofMillis(20)).until(() -> isGone(client));

            assertThat(gateway.listener().counts().refused(Refusal.BODY_RATE)).isEqualTo(1);
            assertThat(gateway.finished).containsExactly("POST / 499");
        }
    }

    private static boolean isGone(RawClient client) {
        try {
            client.send("x");
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void aSlowOriginIsNotTheClientsFault() throws Exception {
        var part = "x".repeat(1 << 20);
        var go = new CountDownLatch(1);
        try (var origin = new RawOrigin(connection -> {
                    connection.head();
                    await(go);
                    connection.read(16 << 20);
                    connection.send(OK);
                });
                var gateway = new TestGateway()
                        .set("min-body-rate", "100")
                        .set("timeout.body-rate", "PT2S")
                        .route(TestGateway.upstream(origin.port()))
                        .start();
                var client = gateway.client()) {
            client.send(POST + "Connection: close\r\nContent-Length: " + (16 << 20) + "\r\n\r\n");
            Thread.ofVirtual().start(() -> send(client, part));

            Awaitility.await()
                    .during(Duration.ofSeconds(5)) // the time of more than two rates
                    .until(() -> gateway.listener().counts().active() == 1);
            go.countDown();

            assertThat(client.all()).endsWith("hi");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(RawClient client, String part) {
        try {
            for (int i = 0; i < 16; i++) {
                client.send(part);
            }
        } catch (IOException e) {
            // The answer will be missing.
        }
    }

    @Test
    void requestsWaitForAConnectionToAnEndpointButNotManyAndNotForLong() throws Exception {
        try (var origin = new RawOrigin(connection -> {
                    connection.head();
                    connection.until("never");
                });
                var gateway = new TestGateway()
                        .set("upstream.max-connections", "1")
                        .set("upstream.max-pending", "1")
                        .route(TestGateway.upstream(
                                origin.port(), "\"timeout\":{\"connect\":3,\"send\":60,\"read\":60}"))
                        .start();
                var first = gateway.client();
                var second = gateway.client()) {
            first.send(GET);
            Awaitility.await().until(() -> origin.heads.size() == 1);
            second.send(GET);
            Awaitility.await().until(() -> gateway.listener().counts().running() == 2);

            var third = gateway.exchange("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            var waited = second.response();

            assertThat(third).startsWith("HTTP/1.1 503 Service Temporarily Unavailable\r\n");
            assertThat(waited).startsWith("HTTP/1.1 504 Gateway Time-out\r\n");
            assertThat(gateway.listener().counts().refused(Refusal.UPSTREAM_PENDING))
                    .isEqualTo(1);
        }
    }

    @Test
    void eventsReachTheClientBeforeTheirStreamEnds() throws Exception {
        var read = new CountDownLatch(1);
        try (var origin = events(read);
                var gateway = TestGateway.to(origin.port());
                var client = gateway.client()) {

            var first = client.send(GET).until("data: one\n\n\r\n");
            read.countDown();
            var rest = client.until("0\r\n\r\n");

            assertThat(first).contains("Content-Type: text/event-stream\r\n");
            assertThat(rest).contains("data: two\n\n");
        }
    }

    @Test
    void eventsReachAClientOfHttp2BeforeTheirStreamEnds() throws Exception {
        var read = new CountDownLatch(1);
        try (var origin = events(read);
                var gateway = TestGateway.to(origin.port());
                var client = FrameClient.greeting(gateway.port())) {
            client.request(1, true, "GET", "/");

            var first = client.next(FrameClient.DATA);
            read.countDown();
            var rest = client.response(1);

            assertThat(first.text()).isEqualTo("data: one\n\n");
            assertThat(rest).isEqualTo("[data: two\n\n]\n");
        }
    }

    private static RawOrigin events(CountDownLatch read) throws IOException {
        return new RawOrigin(connection -> {
            connection.head();
            connection.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
            connection.send("data: one\n\n");
            await(read);
            connection.send("data: two\n\n");
        });
    }
}
