package io.suimon.dataplane.proxy;

import io.suimon.process.TestPatience;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Bytes both ways behind a switch to a protocol that nobody knows. */
@SuppressWarnings("StringConcatToTextBlock") // wire text: every line end counts
class TunnelTest {

    private static final String ASK = "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n";
    private static final String SWITCH =
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n";

    private static TestGateway gateway(RawOrigin origin, String... more) throws IOException {
        return new TestGateway()
                .route("\"enable_websocket\":true," + TestGateway.upstream(origin.port(), more))
                .start();
    }

    @Test
    void carriesWhatWasSentBeforeTheSwitchOnlyBehindIt() throws Exception {
        var release = new CountDownLatch(1);
        try (var origin = new RawOrigin(connection -> {
                    connection.head();
                    await(release);
                    connection.send(SWITCH + "early");
                    connection.send("got " + connection.read(5));
                });
                var gateway = gateway(origin);
                var client = gateway.client()) {
            client.send(ASK + "hasty");
            Awaitility.await().until(() -> origin.heads.size() == 1);

            release.countDown();
            client.until("\r\n\r\n");

            assertThat(client.all()).isEqualTo("earlygot hasty");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void theClientMayEndItsDirectionFirst() throws Exception {
        try (var origin = new RawOrigin(connection -> {
                    connection.head();
                    connection.send(SWITCH);
                    connection.send("all of " + connection.until("never"));
                });
                var gateway = gateway(origin);
                var client = gateway.client()) {
            client.send(ASK).until("\r\n\r\n");

            client.send("this");
            client.socket.shutdownOutput();

            assertThat(client.all()).isEqualTo("all of this");
            Awaitility.await().until(() -> gateway.listener().counts().active() == 0);
        }
    }

    @Test
    void theOriginMayEndItsDirectionFirst() throws Exception {
        var rest = new CompletableFuture<String>();
        try (var origin = new RawOrigin(connection -> {
                    connection.head();
                    connection.send(SWITCH + "bye");
                    connection.socket.shutdownOutput();
                    rest.complete(connection.until("never"));
                });
                var gateway = gateway(origin);
                var client = gateway.client()) {
            client.send(ASK).until("\r\n\r\n");

            var all = client.all();
            client.send("but wait");
            client.socket.shutdownOutput();

            assertThat(all).isEqualTo("bye");
            assertThat(rest.get(TestPatience.SECONDS, TimeUnit.SECONDS)).isEqualTo("but wait");
            Awaitility.await().until(() -> gateway.listener().counts().tunnels() == 0);
        }
    }

    @Test
    void aResetOfOneSideEndsBoth() throws Exception {
        var ended = new CompletableFuture<String>();
        try (var origin = new RawOrigin(connection -> {
                    connection.head();
                    connection.send(SWITCH);
                    ended.complete(connection.until("never"));
                });
                var gateway = gateway(origin)) {
            var client = gateway.client();
            client.send(ASK).until("\r\n\r\n");

            client.send("last");
            client.socket.setSoLinger(true, 0);
            client.close();

            assertThat(ended.get(TestPatience.SECONDS, TimeUnit.SECONDS)).isIn("last", "");
            Awaitility.await().until(() -> gateway.listener().counts().tunnels() == 0);
        }
    }

    @Test
    void aResetBehindTheEndOfOneDirectionEndsBoth() throws Exception {
        var ended = new CompletableFuture<String>();
        try (var origin = new RawOrigin(connection -> {
                    connection.head();
                    connection.send(SWITCH);
                    ended.complete(connection.until("never"));
                    new CompletableFuture<>().join(); // it holds its own direction open
                });
                var gateway = gateway(origin)) {
            var client = gateway.client();
            client.send(ASK).until("\r\n\r\n");
            client.socket.shutdownOutput();
            ended.get(TestPatience.SECONDS, TimeUnit.SECONDS);

            client.socket.setSoLinger(true, 0);
            client.close();

            Awaitility.await().until(() -> gateway.listener().counts().tunnels() == 0);
        }
    }

    @Test
    void endsWhenNothingPassesInEitherDirection() throws Exception {
        try (var origin = new RawOrigin(connection -> {
                    connection.head();
                    connection.send(SWITCH);
                    connection.until("never");
                });
                var gateway = gateway(origin, "\"timeout\":{\"connect\":5,\"send\":5,\"read\":2}");
                var client = gateway.client()) {
            client.send(ASK).until("\r\n\r\n");

            long from = System.nanoTime();
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(100))
                    .during(Duration.ofSeconds(3))
                    .until(() -> client.send("x").socket.getInputStream().available() == 0);
            boolean openWhileOneTalked = gateway.listener().counts().tunnels() == 1;
            var rest = client.all();

            assertThat(openWhileOneTalked).isTrue();
            assertThat(rest).isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - from)).isGreaterThan(Duration.ofMillis(4500));
        }
    }

    @Test
    void holdsBackTheOriginWhileTheClientTakesNothing() throws Exception {
        var sent = new AtomicLong();
        var part = "x".repeat(1 << 16);
        try (var origin = new RawOrigin(connection -> {
                    connection.head();
                    connection.send(SWITCH);
                    for (int i = 0; i < 4096; i++) {
                        connection.send(part);
                        sent.addAndGet(part.length());
                    }
                });
                var gateway = gateway(origin);
                var client = gateway.client()) {
            client.send(ASK).until("\r\n\r\n");

            var stuck = new AtomicLong(-1);
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(300))
                    .until(() -> stuck.getAndSet(sent.get()) == sent.get());
            long heldBackAt = sent.get();
            long all = client.socket.getInputStream().transferTo(OutputStream.nullOutputStream());

            assertThat(heldBackAt).isLessThan(64L << 20);
            assertThat(all).isEqualTo(4096L << 16);
        }
    }

    @Test
    void holdsBackTheClientWhileTheOriginTakesNothing() throws Exception {
        var take = new CountDownLatch(1);
        var taken = new CompletableFuture<Long>();
        try (var origin = new RawOrigin(connection -> {
                    connection.head();
                    connection.send(SWITCH);
                    await(take);
                    taken.complete(connection.socket.getInputStream().transferTo(OutputStream.nullOutputStream()));
                });
                var gateway = gateway(origin);
                var client = gateway.client()) {
            client.send(ASK).until("\r\n\r\n");
            var sent = new AtomicLong();
            Thread.ofVirtual().start(() -> sendMuch(client, sent));

            var stuck = new AtomicLong(-1);
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(300))
                    .until(() -> stuck.getAndSet(sent.get()) == sent.get());
            long heldBackAt = sent.get();
            take.countDown();

            assertThat(heldBackAt).isLessThan(64L << 20);
            assertThat(taken.get(120, TimeUnit.SECONDS)).isEqualTo(4096L << 16);
        }
    }

    private static void sendMuch(RawClient client, AtomicLong sent) {
        var part = "x".repeat(1 << 16);
        try {
            for (int i = 0; i < 4096; i++) {
                client.send(part);
                sent.addAndGet(part.length());
            }
            client.socket.shutdownOutput();
        } catch (IOException e) {
            // What was sent so far tells.
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: x\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: x, h2c\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: HTTP/2.0\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: TLS/1.0\r\n\r\n",
                "GET / HTTP/1.0\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nUpgrade: x\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: x\r\nContent-Length: 1\r\n\r\na",
            })
    void someSwitchesAreNotAskedFor(String request) throws Exception {
        try (var origin = new RawOrigin(connection -> {
                    connection.head();
                    connection.send(SWITCH);
                });
                var gateway = gateway(origin);
                var client = gateway.client()) {

            var head = client.send(request).until("\r\n\r\n");

            assertThat(head).startsWith("HTTP/1.1 502 ");
            assertThat(origin.heads.getFirst()).doesNotContain("Upgrade:", "Connection:", "HTTP2-Settings:");
        }
    }

    @Test
    void aSwitchMustSayToWhat() throws Exception {
        try (var origin = RawOrigin.answering("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\n\r\n");
                var gateway = gateway(origin);
                var client = gateway.client()) {

            assertThat(client.send(ASK).until("\r\n\r\n")).startsWith("HTTP/1.1 502 ");
        }
    }
}
