package io.suimon.dataplane.proxy;

import io.suimon.process.TestPatience;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@SuppressWarnings("StringConcatToTextBlock") // wire text: every line end counts
class Http2Test {

    private static final String OK = "HTTP/1.1 200 OK\r\nDate: now\r\nContent-Length: 2\r\n\r\nhi";

    @Test
    void aStreamIsAnExchange() throws Exception {
        try (var origin = RawOrigin.answering(OK);
                var gateway = TestGateway.to(origin.port());
                var client = FrameClient.greeting(gateway.port())) {

            client.request(1, true, "GET", "/a?b", "x-y", "1", "cookie", "a=1", "cookie", "b=2", "te", "trailers");

            assertThat(client.response(1))
                    .isEqualTo(":status: 200\ndate: now\ncontent-length: 2\nserver: APISIX/3.18.0\n[hi]\n");
            assertThat(origin.heads)
                    .containsExactly("GET /a?b HTTP/1.1\r\nHost: a.b\r\nx-y: 1\r\ncookie: a=1; b=2\r\n"
                            + "X-Real-IP: 127.0.0.1\r\nX-Forwarded-For: 127.0.0.1\r\nX-Forwarded-Proto: http\r\n"
                            + "X-Forwarded-Host: a.b\r\nX-Forwarded-Port: " + gateway.port() + "\r\n\r\n");
            assertThat(gateway.finished).containsExactly("GET /a?b 200");
            assertThat(gateway.listener().counts().accepted()).isEqualTo(1);
            assertThat(gateway.listener().counts().active()).isEqualTo(1);
        }
    }

    @Test
    void streamsOfOneConnectionRunBesideEachOther() throws Exception {
        var first = new CountDownLatch(1);
        try (var origin = new RawOrigin(connection -> {
                    while (!connection.head().isEmpty()) {
                        if (connection.number == 1) {
                            hold(first);
                        }
                        connection.send(OK);
                    }
                });
                var gateway = TestGateway.to(origin.port());
                var client = FrameClient.greeting(gateway.port())) {

            client.request(1, true, "GET", "/slow");
            await().until(() -> origin.heads.size() == 1);
            client.request(3, true, "GET", "/fast");
            assertThat(client.response(3)).endsWith("[hi]\n");
            first.countDown();

            assertThat(client.response(1)).endsWith("[hi]\n");
        }
    }

    private static void hold(CountDownLatch latch) {
        try {
            latch.await(TestPatience.SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({"-1, Transfer-Encoding: chunked", "6, content-length: 6"})
    void aBodyReachesTheOriginWithItsTrailers(int length, String framing) throws Exception {
        var end = length < 0 ? "0\r\nt: 1\r\n\r\n" : "def";
        try (var origin = new RawOrigin(connection -> {
                    connection.head();
                    var body = connection.until(end);
                    connection.send("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
                });
                var gateway = TestGateway.to(origin.port());
                var client = FrameClient.greeting(gateway.port())) {

            if (length < 0) {
                client.request(1, false, "POST", "/");
            } else {
                client.request(1, false, "POST", "/", "content-length", "" + length);
            }
            client.data(1, false, "abc").data(1, false, "def").headers(1, true, "t", "1");

            assertThat(client.response(1).replaceAll("]\n\\[", ""))
                    .endsWith(length < 0 ? "3\r\nabc\r\n3\r\ndef\r\n0\r\nt: 1\r\n\r\n]\n" : "[abcdef]\n");
            assertThat(origin.heads.getFirst()).containsIgnoringCase(framing);
        }
    }

    @Test
    void trailersAndInterimHeadsReachTheClient() throws Exception {
        try (var origin = RawOrigin.answering("HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nDate: now\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nGrpc-Status: 0\r\n\r\n");
                var gateway = TestGateway.to(origin.port());
                var client = FrameClient.greeting(gateway.port())) {

            client.request(1, true, "GET", "/");

            assertThat(client.response(1))
                    .isEqualTo(":status: 103\nlink: x\n:status: 200\ndate: now\nserver: APISIX/3.18.0\n[abc]\n"
                            + "grpc-status: 0\n");
        }
    }

    @Test
    void anAnswerToHeadEndsWithItsHead() throws Exception {
        try (var origin = RawOrigin.answering("HTTP/1.1 200 OK\r\nDate: now\r\nContent-Length: 7\r\n\r\n");
                var gateway = TestGateway.to(origin.port());
                var client = FrameClient.greeting(gateway.port())) {

            client.request(1, true, "HEAD", "/");
            client.next(FrameClient.SETTINGS);

            var head = client.next(FrameClient.HEADERS);
            assertThat(head.ends()).isTrue();
            assertThat(head.text()).contains("content-length: 7");
        }
    }

    @Test
    void theGatewayAnswersItself() throws Exception {
        try (var gateway = new TestGateway().start();
                var client = FrameClient.greeting(gateway.port())) {

            client.request(1, false, "POST", "/none");

            assertThat(client.response(1))
                    .startsWith(":status: 404\n")
                    .contains("{\"error_msg\":\"404 Route Not Found\"}");
            assertThat(client.next(FrameClient.RESET).error()).isZero();
        }
    }

    @Test
    void aClientThatWaitsIsToldToGoOn() throws Exception {
        try (var origin = new RawOrigin(connection -> {
                    connection.head();
                    connection.read(2);
                    connection.send(OK);
                });
                var gateway = TestGateway.to(origin.port());
                var client = FrameClient.greeting(gateway.port())) {

            client.request(1, false, "POST", "/", "content-length", "2", "expect", "100-continue");
            assertThat(client.next(FrameClient.HEADERS).text()).isEqualTo(":status: 100\n");
            client.data(1, true, "ab");

            assertThat(client.response(1)).startsWith(":status: 200\n");
        }
    }

    /** Fields that are malformed in a request, each of which could become a second request or another framing in HTTP/1.1. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "connection | close",
                "connection | x",
                "proxy-connection | keep-alive",
                "keep-alive | 1",
                "transfer-encoding | chunked",
                "upgrade | h2c",
                "te | gzip",
                "te | trailers, deflate",
                "X-Upper | 1",
                "x y | 1",
                "x: y | 1",
                "'' | 1",
                "host | other.example",
                "content-length | +5",
                "content-length | 05",
                "content-length | 5, 5",
                "content-length | -1",
                "content-length | ''",
                "content-length | 5",
                ":path | /again",
                ":unknown | x",
                ":status | 200",
                ":protocol | websocket",
            })
    void aMalformedFieldResetsTheStream(String name, String value) throws Exception {
        assertReset("/", name, value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nx: y", "a\nb", "a\rb", "a\0b", " a", "a ", "\ta", "a\u007f"})
    void aMalformedValueResetsTheStream(String value) throws Exception {
        assertReset("/", "x", value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "http://a/", "/ HTTP/1.1\r\nx: y", "/a b", "/\r\n", "/\0"})
    void aMalformedPathResetsTheStream(String path) throws Exception {
        assertReset(path, "x", "y");
    }

    private static void assertReset(String path, String... field) throws Exception {
        try (var origin = RawOrigin.answering(OK);
                var gateway = TestGateway.to(origin.port());
                var client = FrameClient.greeting(gateway.port())) {

            client.request(1, true, "GET", path, field);
            client.request(3, true, "GET", "/next");

            assertThat(client.response(1)).isEqualTo("reset 1");
            assertThat(client.response(3)).endsWith("[hi]\n");
            assertThat(origin.heads).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"3, abcd", "5, abcd", "0, a"})
    void aBodyOfAnotherLengthThanToldResetsTheStream(int told, String body) throws Exception {
        try (var origin = new RawOrigin(connection -> {
                    connection.head();
                    connection.until("never");
                });
                var gateway = TestGateway.to(origin.port());
                var client = FrameClient.greeting(gateway.port())) {

            client.request(1, false, "POST", "/", "content-length", "" + told).data(1, true, body);

            assertThat(client.response(1)).isEqualTo("reset 1");
            await().until(() -> gateway.listener().counts().running() == 0);
        }
    }

    @Test
    void anAuthorityThatCouldBeTwoIsRefused() throws Exception {
        try (var gateway = new TestGateway().start();
                var client = FrameClient.greeting(gateway.port())) {

            client.headers(1, true, ":method", "GET", ":scheme", "http", ":path", "/", ":authority", "a@b");

            assertThat(client.response(1)).startsWith(":status: 400\n");
        }
    }

    @Test
    void aClientThatResetsAStreamFreesTheOrigin() throws Exception {
        var closed = new CountDownLatch(1);
        try (var origin = new RawOrigin(connection -> {
                    connection.head();
                    connection.until("never");
                    closed.countDown();
                });
                var gateway = TestGateway.to(origin.port());
                var client = FrameClient.greeting(gateway.port())) {

            client.request(1, true, "GET", "/");
            await().until(() -> origin.heads.size() == 1);
            client.reset(1);

            assertThat(closed.await(TestPatience.SECONDS, TimeUnit.SECONDS)).isTrue();
            await().untilAsserted(() -> assertThat(gateway.finished).containsExactly("GET / 499"));
        }
    }

    @Test
    void anOriginThatBreaksOffResetsTheStream() throws Exception {
        try (var origin = new RawOrigin(connection -> {
                    connection.head();
                    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc");
                });
                var gateway = TestGateway.to(origin.port());
                var client = FrameClient.greeting(gateway.port())) {

            client.request(1, true, "GET", "/");

            assertThat(client.response(1)).endsWith("[abc]\nreset 2");
        }
    }

    @Test
    void aClientThatTakesNothingHoldsTheOriginBack() throws Exception {
        int size = 64 * 1024 * 1024;
        var sent = new java.util.concurrent.atomic.AtomicLong();
        try (var origin = new RawOrigin(connection -> {
                    connection.head();
                    connection.send("HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n");
                    var part = "x".repeat(64 * 1024);
                    for (int i = 0; i < size; i += part.length()) {
                        connection.send(part);
                        sent.addAndGet(part.length());
                    }
                });
                var gateway = TestGateway.to(origin.port());
                var client = FrameClient.greeting(gateway.port())) {

            client.request(1, true, "GET", "/");
            client.next(FrameClient.DATA);
            await().during(1, TimeUnit.SECONDS).until(() -> sent.get() < size / 2);
            client.grant(0, size).grant(1, size);

            long received = 16 * 1024;
            for (var frame = client.next(); !frame.ends(); frame = client.next()) {
                received += frame.type() == FrameClient.DATA ? frame.payload().length : 0;
            }
            assertThat(received).isBetween(size - 64L * 1024, (long) size);
        }
    }

    @Test
    void anOriginThatTakesNothingHoldsTheClientBack() throws Exception {
        var go = new CountDownLatch(1);
        int parts = 2048;
        int total = parts * 16 * 1024;
        try (var origin = new RawOrigin(connection -> {
                    connection.head();
                    hold(go);
                    connection.read(total);
                    connection.send(OK);
                });
                var gateway = TestGateway.to(origin.port());
                var client = FrameClient.greeting(gateway.port())) {

            client.request(1, false, "POST", "/", "content-length", "" + total);
            var window = new Window(client);
            window.settle();
            var part = "x".repeat(16 * 1024);
            int sent = 0;
            client.socketTimeout(1000);
            while (sent < parts && window.take(part.length())) {
                client.data(1, false, part);
                sent++;
            }
            assertThat(sent).isBetween(16, parts / 2);
            go.countDown();
            client.socketTimeout(TestPatience.MILLIS);
            while (sent < parts) {
                assertThat(window.take(part.length())).isTrue();
                client.data(1, ++sent == parts, part);
            }

            assertThat(client.response(1)).endsWith("[hi]\n");
        }
    }

    /** What the gateway lets a client send. */
    private static final class Window {
        private final FrameClient client;
        private long connection = 65_535;
        private long stream = 262_144;

        private Window(FrameClient client) {
            this.client = client;
        }

        private void settle() throws java.io.IOException {
            while (connection < 1_048_576) {
                read();
            }
        }

        private boolean take(int bytes) throws java.io.IOException {
            try {
                while (Math.min(connection, stream) < bytes) {
                    read();
                }
            } catch (java.net.SocketTimeoutException e) {
                return false;
            }
            connection -= bytes;
            stream -= bytes;
            return true;
        }

        private void read() throws java.io.IOException {
            var frame = client.next();
            if (frame.type() == FrameClient.WINDOW_UPDATE) {
                int more =
                        io.netty.buffer.Unpooled.wrappedBuffer(frame.payload()).getInt(0);
                if (frame.stream() == 0) {
                    connection += more;
                } else {
                    stream += more;
                }
            }
        }
    }
}
