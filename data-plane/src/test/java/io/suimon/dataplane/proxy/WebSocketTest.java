package io.suimon.dataplane.proxy;

import io.suimon.engine.resource.ResourceKind;
import io.suimon.process.TestPatience;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** The JDK's WebSocket client, the gateway, and an echo of our own. */
class WebSocketTest {

    private static final int BIG = 16 << 20;

    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        http.close();
    }

    /** What a client received. */
    private static final class Received implements WebSocket.Listener {
        private final StringBuilder joined = new StringBuilder();
        volatile String text = "";
        final CRC32 sum = new CRC32();
        final CompletableFuture<String> closed = new CompletableFuture<>();
        final CompletableFuture<Void> pong = new CompletableFuture<>();
        final AtomicLong bytes = new AtomicLong();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text = joined.append(data).append(last ? "." : "+").toString();
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            int length = data.remaining();
            sum.update(data);
            bytes.addAndGet(length);
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
            pong.complete(null);
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            closed.complete(status + " " + reason);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            closed.completeExceptionally(error);
        }
    }

    private WebSocket open(TestGateway gateway, Received received, String... headers) {
        var builder = http.newWebSocketBuilder().connectTimeout(TestPatience.LONG);
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        return builder.buildAsync(URI.create("ws://127.0.0.1:" + gateway.port() + "/chat"), received)
                .join();
    }

    private static TestGateway gateway(EchoOrigin origin) throws Exception {
        return new TestGateway()
                .route("\"enable_websocket\":true," + TestGateway.upstream(origin.port()))
                .start();
    }

    @Test
    void carriesMessagesWithTheirFragments() throws Exception {
        try (var origin = new EchoOrigin();
                var gateway = gateway(origin)) {
            var received = new Received();
            var socket = open(gateway, received);

            socket.sendText("one", true).join();
            socket.sendText("tw", false).join();
            socket.sendText("", false).join();
            socket.sendText("o", true).join();
            socket.sendPing(ByteBuffer.wrap(new byte[] {1})).join();

            received.pong.get(TestPatience.SECONDS, TimeUnit.SECONDS);
            assertThat(received.text.replace("+", "")).isEqualTo("one.two.");
            assertThat(origin.frames).containsExactly("1. 3", "1+ 2", "0+ 0", "0. 1", "9. 1");
            assertThat(gateway.listener().counts().upgraded()).isEqualTo(1);
            assertThat(gateway.listener().counts().tunnels()).isEqualTo(1);
            socket.abort();
            Awaitility.await().until(() -> gateway.listener().counts().tunnels() == 0);
            Awaitility.await().until(() -> gateway.listener().counts().running() == 0);
            assertThat(gateway.finished).containsExactly("GET /chat 101");
        }
    }

    @Test
    void carriesMessagesOf16Mebibytes() throws Exception {
        var message = new byte[BIG];
        new Random(1).nextBytes(message);
        var sum = new CRC32();
        sum.update(message);
        try (var origin = new EchoOrigin();
                var gateway = gateway(origin)) {
            var received = new Received();
            var socket = open(gateway, received);

            socket.sendBinary(ByteBuffer.wrap(message), true).join();
            Awaitility.await().until(() -> received.bytes.get() == BIG);

            assertThat(received.sum.getValue()).isEqualTo(sum.getValue());
            socket.abort();
        }
    }

    @Test
    void carriesTheClientsCloseCode() throws Exception {
        try (var origin = new EchoOrigin();
                var gateway = gateway(origin)) {
            var received = new Received();
            var socket = open(gateway, received);

            socket.sendClose(4001, "enough").join();

            assertThat(received.closed.get(TestPatience.SECONDS, TimeUnit.SECONDS))
                    .isEqualTo("4001 enough");
            assertThat(origin.frames).containsExactly("close 4001");
            Awaitility.await().until(() -> gateway.listener().counts().tunnels() == 0);
        }
    }

    @Test
    void carriesTheOriginsCloseCode() throws Exception {
        try (var origin = new EchoOrigin();
                var gateway = gateway(origin)) {
            var received = new Received();
            var socket = open(gateway, received);

            socket.sendText("close", true).join();

            assertThat(received.closed.get(TestPatience.SECONDS, TimeUnit.SECONDS))
                    .isEqualTo("4002 bye");
            Awaitility.await().until(() -> gateway.listener().counts().tunnels() == 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"enable_websocket\":false"})
    void isNoTunnelWhereTheRouteDoesNotAllowOne(String allowed) throws Exception {
        try (var origin = new EchoOrigin();
                var gateway = new TestGateway()
                        .route(TestGateway.upstream(origin.port()) + allowed)
                        .start()) {

            var refused = catchThrowable(() -> open(gateway, new Received()));

            assertThat(statusOf(refused)).isEqualTo(426);
            assertThat(origin.origin.heads.getFirst())
                    .contains("Sec-WebSocket-Key: ")
                    .doesNotContain("Upgrade: websocket", "Connection:");
            assertThat(gateway.listener().counts().upgraded()).isZero();
        }
    }

    private static int statusOf(Throwable refused) {
        assertThat(refused)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(WebSocketHandshakeException.class);
        return refused.getCause() instanceof WebSocketHandshakeException handshake
                ? handshake.getResponse().statusCode()
                : 0;
    }

    @Test
    void pluginsGuardTheSwitch() throws Exception {
        try (var origin = new EchoOrigin();
                var gateway = new TestGateway()
                        .resource(
                                ResourceKind.CONSUMER,
                                "jack",
                                "{\"username\":\"jack\",\"plugins\":{\"key-auth\":{\"key\":\"secret\"}}}")
                        .route("\"enable_websocket\":true,\"plugins\":{\"key-auth\":{}},"
                                + TestGateway.upstream(origin.port()))
                        .start()) {

            var refused = catchThrowable(() -> open(gateway, new Received()));
            var received = new Received();
            var socket = open(gateway, received, "apikey", "secret");
            socket.sendText("hi", true).join();

            assertThat(statusOf(refused)).isEqualTo(401);
            Awaitility.await().until(() -> received.text.equals("hi."));
            assertThat(origin.origin.heads).hasSize(1);
            socket.abort();
        }
    }

    @Test
    void aNewConfigurationCutsNothing() throws Exception {
        try (var origin = new EchoOrigin();
                var gateway = gateway(origin)) {
            var received = new Received();
            var socket = open(gateway, received);
            socket.sendText("before", true).join();

            gateway.reload("\"enable_websocket\":false," + TestGateway.upstream(1));
            var refused = gateway.exchange("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            socket.sendText("behind", true).join();

            Awaitility.await().until(() -> received.text.equals("before.behind."));
            assertThat(refused).startsWith("HTTP/1.1 502 ");
            socket.abort();
        }
    }

    @Test
    void goesOnWhileTheNodeDrainsAndEndsWithIt() throws Exception {
        try (var origin = new EchoOrigin()) {
            var gateway = gateway(origin);
            var received = new Received();
            var socket = open(gateway, received);

            boolean drained = gateway.listener().drain(Duration.ofMillis(200));
            socket.sendText("still here", true).join();
            Awaitility.await().until(() -> received.text.equals("still here."));
            gateway.close();

            assertThat(drained).isFalse();
            Awaitility.await().until(received.closed::isDone);
        }
    }
}
