package io.suimon.dataplane.proxy;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.suimon.dataplane.listener.TrafficConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Which connections to a node are kept, and for how long. */
class KeepalivePoolTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    private final AtomicInteger ended = new AtomicInteger();
    private final CountDownLatch mayAnswer = new CountDownLatch(1);

    private RawOrigin origin() throws IOException {
        return new RawOrigin(connection -> {
            while (!connection.head().isEmpty()) {
                hold();
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
            }
            ended.incrementAndGet();
        });
    }

    private void hold() {
        try {
            assertThat(mayAnswer.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pool(int size, String idleTimeout, int requests) {
        return "\"keepalive_pool\":{\"size\":%d,\"idle_timeout\":%s,\"requests\":%d}"
                .formatted(size, idleTimeout, requests);
    }

    @ParameterizedTest(name = "{0} requests per connection, {1} of the settings: {2} connections for 5")
    @CsvSource({"2, 1000, 3", "5, 1, 1", ", 2, 3", ", 1000, 1"})
    void aConnectionCarriesSoManyRequests(Integer requests, String usual, int connections) throws Exception {
        mayAnswer.countDown();
        var own = requests == null ? new String[] {} : new String[] {pool(320, "60", requests)};
        try (var origin = origin();
                var gateway = new TestGateway()
                        .set("upstream.keepalive-requests", usual)
                        .route(TestGateway.upstream(origin.port(), own))
                        .start();
                var client = gateway.client()) {

            for (int i = 0; i < 5; i++) {
                assertThat(client.send(GET).response()).endsWith("hi");
            }

            assertThat(origin.connections).hasValue(connections);
        }
    }

    @Test
    void theSettingsAreThoseOfNginxUnlessToldOtherwise() {
        var upstream = new SmallRyeConfigBuilder()
                .withMapping(TrafficConfig.class)
                .build()
                .getConfigMapping(TrafficConfig.class)
                .upstream();

        assertThat(upstream.keepalive()).isEqualTo(320);
        assertThat(upstream.keepaliveTimeout()).hasSeconds(60);
        assertThat(upstream.keepaliveRequests()).isEqualTo(1000);
    }

    @Test
    void noMoreAreKeptThanTheSize() throws Exception {
        var clients = new ArrayList<RawClient>();
        try (var origin = origin();
                var gateway = new TestGateway()
                        .route(TestGateway.upstream(origin.port(), pool(2, "60", 1000)))
                        .start()) {
            for (int i = 0; i < 5; i++) {
                clients.add(gateway.client().send(GET));
            }
            await().atMost(PATIENCE).until(() -> origin.heads.size() == 5);

            mayAnswer.countDown();
            for (var client : clients) {
                assertThat(client.response()).endsWith("hi");
            }

            await().atMost(PATIENCE).until(() -> ended.get() == 3);
            assertThat(clients.getFirst().send(GET).response()).endsWith("hi");
            assertThat(origin.connections).hasValue(5);
        } finally {
            for (var client : clients) {
                client.close();
            }
        }
    }

    @Test
    void anIdleOneIsClosedInTime() throws Exception {
        mayAnswer.countDown();
        try (var origin = origin();
                var gateway = new TestGateway()
                        .route(TestGateway.upstream(origin.port(), pool(320, "0.2", 1000)))
                        .start();
                var client = gateway.client()) {

            assertThat(client.send(GET).response()).endsWith("hi");

            await().atMost(PATIENCE).until(() -> ended.get() == 1);
            assertThat(client.send(GET).response()).endsWith("hi");
            assertThat(origin.connections).hasValue(2);
        }
    }
}
