package io.suimon.dataplane.proxy;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** An origin that stops reading while a client sends. */
class SendTimeoutTest {

    private static final String TIMEOUTS = "\"timeout\":{\"connect\":50,\"send\":1,\"read\":50}";

    /** More than all buffers between the client and the origin have room for. */
    private static final int BODY_BYTES = 64 << 20;

    private static final String PIECE = "x".repeat(64 << 10);

    private final CountDownLatch over = new CountDownLatch(1);

    private void hang() {
        try {
            over.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends until the gateway reads no more, and hangs up at the latest. */
    private static void sendBody(RawClient client) {
        try {
            for (int sent = 0; sent < BODY_BYTES; sent += PIECE.length()) {
                client.send(PIECE);
            }
        } catch (IOException e) {
            // The gateway gave up, which the answer says.
        }
    }

    @Test
    void anOriginThatDoesNotReadIsGivenUpWhenTheTimeToSendIsOver() throws Exception {
        try (var origin = new RawOrigin(connection -> {
                    connection.head();
                    hang();
                });
                var gateway = new TestGateway()
                        .route(TestGateway.upstream(origin.port(), TIMEOUTS))
                        .start();
                var client = gateway.client()) {

            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + BODY_BYTES + "\r\n\r\n");
            var sending = CompletableFuture.runAsync(() -> sendBody(client));

            assertThat(client.until("\r\n")).startsWith("HTTP/1.1 504 ");
            assertThat(origin.connections).hasValue(1);
            client.socket.close();
            sending.join();
            await().untilAsserted(() -> {
                assertThat(OpenSockets.to(origin.port())).isZero();
                assertThat(gateway.listener().counts().running()).isZero();
                assertThat(gateway.listener().counts().active()).isZero();
            });
        } finally {
            over.countDown();
        }
    }
}
