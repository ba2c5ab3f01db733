package io.suimon.dataplane.proxy;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a client that means harm may make the gateway do. */
class Http2LimitsTest {

    private static final int CALM = 11;

    /** Repeats something until the gateway has enough of it. */
    private interface Attack {
        void round(FrameClient client, int number) throws IOException;
    }

    @Test
    void aFloodOfResetsEndsTheConnection() throws Exception {
        try (var origin = RawOrigin.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                var gateway = TestGateway.to(origin.port())) {

            assertCalmed(gateway, (client, number) -> {
                client.request(2 * number + 1, true, "GET", "/");
                client.reset(2 * number + 1);
            });
            await().until(() -> gateway.listener().counts().running() == 0);
        }
    }

    @Test
    void aFloodOfPingsEndsTheConnection() throws Exception {
        try (var gateway = new TestGateway()
                .set("http2.max-control-frames-per-second", "100")
                .start()) {
            assertCalmed(gateway, (client, number) -> client.frame(FrameClient.PING, 0, 0, new byte[8]));
        }
    }

    @Test
    void aFloodOfSettingsEndsTheConnection() throws Exception {
        try (var gateway = new TestGateway()
                .set("http2.max-control-frames-per-second", "100")
                .start()) {
            assertCalmed(gateway, (client, number) -> client.frame(FrameClient.SETTINGS, 0, 0, new byte[0]));
        }
    }

    @Test
    void aFloodOfEmptyDataEndsTheConnection() throws Exception {
        try (var origin = new RawOrigin(connection -> connection.until("never"));
                var gateway = TestGateway.to(origin.port())) {
            assertCalmed(gateway, (client, number) -> {
                if (number == 0) {
                    client.request(1, false, "POST", "/");
                }
                client.data(1, false, "");
            });
        }
    }

    @Test
    void aFloodOfContinuationsEndsTheConnection() throws Exception {
        try (var gateway = new TestGateway().start()) {
            assertCalmed(gateway, (client, number) -> {
                if (number == 0) {
                    client.frame(FrameClient.HEADERS, 0, 1, new byte[0]);
                }
                client.frame(FrameClient.CONTINUATION, 0, 1, new byte[0]);
            });
        }
    }

    /** The client resets nothing: it has the gateway do so, and each request costs an origin as much. */
    @Test
    void aFloodOfStreamsThatTheGatewayHasToResetEndsTheConnection() throws Exception {
        try (var origin = new RawOrigin(connection -> connection.until("never"));
                var gateway = TestGateway.to(origin.port())) {

            assertCalmed(gateway, (client, number) -> {
                client.request(2 * number + 1, false, "GET", "/");
                client.grant(2 * number + 1, 0);
            });
            await().until(() -> gateway.listener().counts().running() == 0);
        }
    }

    @Test
    void aFloodOfRequestsThatAreMalformedEndsTheConnection() throws Exception {
        try (var gateway = new TestGateway().start()) {
            assertCalmed(gateway, (client, number) -> client.request(2 * number + 1, true, "GET", "/", "X", "y"));
        }
    }

    @Test
    void aClientWhoseWindowIsClosedFromTheBeginningIsGivenUp() throws Exception {
        try (var origin = RawOrigin.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
                var gateway = new TestGateway()
                        .set("http2.stall-timeout", "PT0.3S")
                        .route(TestGateway.upstream(origin.port()))
                        .start();
                var client = FrameClient.greeting(gateway.port(), FrameOrigin.WINDOW, 0)) {

            client.request(1, true, "GET", "/");

            assertThat(client.next(FrameClient.RESET).error()).isEqualTo(8);
            await().until(() -> gateway.listener().counts().running() == 0);
        }
    }

    private static void assertCalmed(TestGateway gateway, Attack attack) throws Exception {
        try (var client = FrameClient.greeting(gateway.port())) {
            try {
                for (int i = 0; i < 10_000 && gateway.listener().counts().refused(Refusal.FLOOD) == 0; i++) {
                    attack.round(client, i);
                }
                assertThat(client.next(FrameClient.GO_AWAY).error()).isEqualTo(CALM);
            } catch (SocketException | EOFException e) {
                // Closed with unread frames: the goodbye may be lost with the connection.
            }
        }
        await().untilAsserted(() -> {
            assertThat(gateway.listener().counts().refused(Refusal.FLOOD)).isEqualTo(1);
            assertThat(gateway.listener().counts().active()).isZero();
        });
    }

    @Test
    void aTableForFieldsStaysSmallWhateverIsAskedFor() throws Exception {
        try (var gateway = new TestGateway().start();
                var client = FrameClient.greeting(gateway.port(), FrameOrigin.TABLE_SIZE, 1 << 30)) {

            client.request(1, true, "GET", "/");

            var block = client.next(FrameClient.HEADERS).payload();
            assertThat(HexFormat.of().formatHex(block)).contains("3fe11f"); // 4096
        }
    }

    @Test
    void oneStreamTooManyIsRefused() throws Exception {
        try (var origin = new RawOrigin(connection -> connection.until("never"));
                var gateway = new TestGateway()
                        .set("http2.max-streams", "2")
                        .route(TestGateway.upstream(origin.port()))
                        .start();
                var client = FrameClient.greeting(gateway.port())) {

            client.request(1, true, "GET", "/").request(3, true, "GET", "/").request(5, true, "GET", "/");

            assertThat(client.response(5)).isEqualTo("reset 7");
        }
    }

    @Test
    void aHeadThatIsTooLargeIsRefused() throws Exception {
        try (var gateway = new TestGateway().start();
                var client = FrameClient.greeting(gateway.port())) {
            var value = "x".repeat(9_000);

            client.frame(
                    FrameClient.HEADERS,
                    FrameClient.END_STREAM,
                    1,
                    client.block(1, ":method", "GET", ":scheme", "http", ":authority", "a", ":path", "/", "a", value));
            client.frame(FrameClient.CONTINUATION, 0, 1, client.block(1, "b", value));
            client.frame(FrameClient.CONTINUATION, 0, 1, client.block(1, "c", value));
            client.frame(FrameClient.CONTINUATION, FrameClient.END_HEADERS, 1, client.block(1, "d", value));

            assertThat(client.response(1)).startsWith(":status: 431\n");
        }
    }

    @Test
    void aClientThatTakesNothingOfAResponseIsGivenUp() throws Exception {
        try (var origin =
                        RawOrigin.answering("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + "x".repeat(100_000));
                var gateway = new TestGateway()
                        .set("http2.stall-timeout", "PT0.3S")
                        .route(TestGateway.upstream(origin.port()))
                        .start();
                var client = FrameClient.greeting(gateway.port())) {

            client.request(1, true, "GET", "/");

            assertThat(client.next(FrameClient.RESET).error()).isEqualTo(8);
            await().until(() -> gateway.listener().counts().refused(Refusal.SEND_TIMEOUT) == 1);
            await().until(() -> gateway.listener().counts().running() == 0);
        }
    }

    @ParameterizedTest(name = "{0}={1}: {2}")
    @CsvSource({
        "timeout.body,      PT0.3S, BODY_TIMEOUT",
        "timeout.body-rate, PT0.3S, BODY_RATE",
    })
    void aBodyOfWhichNothingComesEndsItsStreamAlone(String limit, String value, Refusal why) throws Exception {
        try (var origin = answeringGets();
                var gateway = new TestGateway()
                        .set(limit, value)
                        .route(TestGateway.upstream(origin.port()))
                        .start();
                var client = FrameClient.greeting(gateway.port())) {
            client.request(1, false, "POST", "/", "content-length", "1000").data(1, false, "begun");

            var ended = client.response(1);

            client.request(3, true, "GET", "/");
            assertThat(ended).isEqualTo("reset 2");
            assertThat(client.response(3)).startsWith(":status: 200\n");
            assertThat(gateway.listener().counts().refused(why)).isEqualTo(1);
            assertThat(gateway.finished).containsExactly("POST / 499", "GET / 200");
        }
    }

    @Test
    void aBodyThatTricklesEndsItsStreamAndOneThatIsFastEnoughDoesNot() throws Exception {
        try (var origin = answeringGets();
                var gateway = new TestGateway()
                        .set("min-body-rate", "1000")
                        .set("timeout.body-rate", "PT2S")
                        .route(TestGateway.upstream(origin.port()))
                        .start();
                var client = FrameClient.greeting(gateway.port())) {
            client.request(1, false, "POST", "/slow").request(3, false, "POST", "/fast");

            await().pollInterval(Duration.ofMillis(20)).until(() -> {
                client.data(1, false, "x").data(3, false, "x".repeat(500));
                return gateway.listener().counts().refused(Refusal.BODY_RATE) > 0;
            });

            await().until(() -> gateway.listener().counts().running() == 1);
            assertThat(gateway.finished).containsExactly("POST /slow 499");
        }
    }

    private static RawOrigin answeringGets() throws IOException {
        return new RawOrigin(connection -> {
            while (connection.head().startsWith("GET ")) {
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
            }
            connection.until("never");
        });
    }

    @Test
    void anIdleConnectionIsClosedWithAGoodbye() throws Exception {
        try (var gateway = new TestGateway().set("timeout.idle", "PT0.3S").start();
                var client = FrameClient.greeting(gateway.port())) {

            assertThat(client.next(FrameClient.GO_AWAY).error()).isZero();

            await().until(() -> gateway.listener().counts().active() == 0);
        }
    }
}
