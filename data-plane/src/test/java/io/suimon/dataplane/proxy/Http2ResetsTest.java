package io.suimon.dataplane.proxy;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A client that gives up many streams, and still is no attacker; {@link Http2LimitsTest} has those that are. */
class Http2ResetsTest {

    private static final int LIMIT = 5;

    private RawOrigin origin;
    private TestGateway gateway;

    @BeforeEach
    void prepare() throws IOException {
        origin = new RawOrigin(connection -> {
            for (var head = connection.head(); !head.isEmpty(); head = connection.head()) {
                if (head.startsWith("GET /slow")) {
                    connection.until("never");
                }
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
            }
        });
        gateway = new TestGateway()
                .set("http2.max-resets-per-second", Integer.toString(LIMIT))
                .route(TestGateway.upstream(origin.port()))
                .start();
    }

    @AfterEach
    void close() throws IOException {
        gateway.close();
        origin.close();
    }

    @Test
    void aClientThatHedgesGivesUpAsManyAsAreAnswered() throws Exception {
        try (var client = FrameClient.greeting(gateway.port())) {
            for (int stream = 1; stream < 400; stream += 4) {
                client.request(stream, true, "GET", "/slow").request(stream + 2, true, "GET", "/");
                assertThat(client.response(stream + 2)).startsWith(":status: 200\n");

                client.reset(stream);
            }

            client.request(1001, true, "GET", "/");
            assertThat(client.response(1001)).startsWith(":status: 200\n");
            await().until(() -> gateway.listener().counts().running() == 0);
        }
    }

    @Test
    void callsWhoseDeadlineIsOverMayAllBeGivenUpAtOnce() throws Exception {
        try (var client = FrameClient.greeting(gateway.port())) {
            for (int stream = 1; stream < 101; stream += 2) {
                client.request(stream, true, "GET", "/slow");
            }
            await().until(() -> origin.heads.size() == 50);
            await().pollDelay(Duration.ofMillis(1200)).until(() -> true);

            for (int stream = 1; stream < 101; stream += 2) {
                client.reset(stream);
            }

            client.request(101, true, "GET", "/");
            assertThat(client.response(101)).startsWith(":status: 200\n");
        }
    }

    @Test
    void whoGivesUpMoreThanThatIsTurnedAway() throws Exception {
        try (var client = FrameClient.greeting(gateway.port())) {
            client.hold();
            for (int stream = 1; stream < 2 * LIMIT + 3; stream += 2) {
                client.request(stream, true, "GET", "/slow").reset(stream);
            }
            client.release(); // at once: a second later each would be one of the first few again

            assertThat(client.next(FrameClient.GO_AWAY).error()).isEqualTo(11);
            await().until(() -> gateway.listener().counts().running() == 0);
            assertThat(gateway.listener().counts().refused(Refusal.FLOOD)).isEqualTo(1);
        }
    }
}
