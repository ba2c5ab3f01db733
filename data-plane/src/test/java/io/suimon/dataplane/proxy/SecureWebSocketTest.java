package io.suimon.dataplane.proxy;

import io.suimon.engine.resource.ResourceKind;
import io.suimon.process.TestPatience;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The JDK's WebSocket client over TLS, the gateway, and an echo of our own with TLS and without. */
class SecureWebSocketTest {

    private static final int BIG = 16 << 20;

    @TempDir
    Path folder;

    private TestAuthority authority;
    private HttpClient http;
    private @Nullable EchoOrigin origin;
    private @Nullable TestGateway gateway;

    @BeforeEach
    void prepare() throws Exception {
        authority = TestAuthority.in(folder, "ca");
        http = HttpClient.newBuilder().sslContext(authority.client()).build();
    }

    @AfterEach
    void close() throws Exception {
        http.close();
        if (gateway != null) {
            gateway.close();
        }
        if (origin != null) {
            origin.close();
        }
    }

    /** What a client received: fragments as they came, and what all bytes of them come to. */
    private static final class Received implements WebSocket.Listener {
        private final StringBuilder joined = new StringBuilder();
        volatile String text = "";
        final CRC32 sum = new CRC32();
        final AtomicLong bytes = new AtomicLong();
        final AtomicLong messages = new AtomicLong();
        final CompletableFuture<Integer> closed = new CompletableFuture<>();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text = joined.append(data).append(last ? "." : "").toString();
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            int length = data.remaining();
            sum.update(data);
            messages.addAndGet(last ? 1 : 0);
            bytes.addAndGet(length);
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            closed.complete(status);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            closed.completeExceptionally(error);
        }
    }

    private WebSocket open(String library, boolean encrypted, Received received) throws Exception {
        var echo = encrypted
                ? new EchoOrigin(authority
                        .client(authority.sign("up.test"))
                        .getServerSocketFactory()
                        .createServerSocket(0, 100, InetAddress.getLoopbackAddress()))
                : new EchoOrigin();
        origin = echo;
        var scheme = encrypted ? "\"scheme\":\"https\"" : "\"scheme\":\"http\"";
        var started = new TestGateway()
                .setTls("library", library)
                .resource(
                        ResourceKind.SSL,
                        "1",
                        "{\"sni\":\"localhost\"," + authority.sign("localhost").members() + "}")
                .route("\"enable_websocket\":true," + TestGateway.upstream(echo.port(), scheme))
                .start();
        gateway = started;
        return http.newWebSocketBuilder()
                .buildAsync(URI.create("wss://localhost:" + started.tlsPort() + "/chat"), received)
                .get(TestPatience.SECONDS, TimeUnit.SECONDS);
    }

    @ParameterizedTest(name = "{0}, origin encrypted: {1}")
    @CsvSource({"tcnative, false", "tcnative, true", "jdk, false", "jdk, true"})
    void carriesMessagesWithTheirFragments(String library, boolean encrypted) throws Exception {
        var received = new Received();
        var socket = open(library, encrypted, received);

        socket.sendText("one", true).join();
        socket.sendText("tw", false).join();
        socket.sendText("", false).join();
        socket.sendText("o", true).join();

        await().until(() -> received.text.equals("one.two."));
        socket.sendClose(4001, "enough").join();
        assertThat(received.closed.get(TestPatience.SECONDS, TimeUnit.SECONDS)).isEqualTo(4001);
        assertThat(java.util.Objects.requireNonNull(origin).frames)
                .containsExactly("1. 3", "1+ 2", "0+ 0", "0. 1", "close 4001");
    }

    @ParameterizedTest(name = "{0}, origin encrypted: {1}")
    @CsvSource({"tcnative, false", "tcnative, true", "jdk, false", "jdk, true"})
    void carriesMessagesOf16MebibytesWholeAndInFragments(String library, boolean encrypted) throws Exception {
        var message = new byte[BIG];
        new Random(1).nextBytes(message);
        var sum = new CRC32();
        sum.update(message);
        sum.update(message);
        var received = new Received();
        var socket = open(library, encrypted, received);

        socket.sendBinary(ByteBuffer.wrap(message), true).join();
        for (int from = 0; from < BIG; from += BIG / 4) {
            socket.sendBinary(ByteBuffer.wrap(message, from, BIG / 4), from == BIG - BIG / 4)
                    .join();
        }

        await().until(() -> received.bytes.get() == 2L * BIG);
        assertThat(received.sum.getValue()).isEqualTo(sum.getValue());
        assertThat(received.messages).hasValue(2);
        socket.abort();
    }
}
