package io.suimon.dataplane.proxy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What balancers learn of real requests. */
class BalancedTrafficTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

    private final CountDownLatch mayAnswer = new CountDownLatch(1);

    private static String upstream(String type, RawOrigin... nodes) {
        var list = new StringBuilder();
        for (var node : nodes) {
            list.append(list.isEmpty() ? "" : ",").append("\"127.0.0.1:" + node.port() + "\":1");
        }
        return "\"upstream\":{\"type\":\"" + type + "\",\"nodes\":{" + list + "}}";
    }

    private static void get(TestGateway gateway) throws IOException {
        assertThat(gateway.exchange("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .endsWith("hi");
    }

    private boolean await20(long time, TimeUnit unit) {
        try {
            return mayAnswer.await(time, unit);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theNodeThatAnswersFasterIsPreferred() throws Exception {
        try (var slow = new RawOrigin(connection -> {
                    while (!connection.head().isEmpty()) {
                        var late = await20(500, TimeUnit.MILLISECONDS);
                        connection.send(late ? "" : OK);
                    }
                });
                var fast = RawOrigin.answering(OK);
                var gateway =
                        new TestGateway().route(upstream("ewma", slow, fast)).start()) {

            await().atMost(PATIENCE).until(() -> {
                int before = slow.heads.size();
                for (int i = 0; i < 5; i++) {
                    get(gateway);
                }
                return slow.heads.size() == before && before > 0;
            });
        }
    }

    @Test
    void theNodeWithoutRequestsUnderWayIsPreferred() throws Exception {
        var busy = new AtomicBoolean();
        RawOrigin.Script script = connection -> {
            for (var head = connection.head(); !head.isEmpty(); head = connection.head()) {
                if (head.startsWith("GET /long ")) {
                    busy.set(await20(20, TimeUnit.SECONDS));
                }
                connection.send(OK);
            }
        };
        try (var one = new RawOrigin(script);
                var other = new RawOrigin(script);
                var gateway = new TestGateway()
                        .route(upstream("least_conn", one, other))
                        .start();
                var patient = gateway.client()) {
            patient.send("GET /long HTTP/1.1\r\nHost: a\r\n\r\n");
            await().atMost(PATIENCE).until(() -> one.heads.size() + other.heads.size() == 1);
            var idle = one.heads.isEmpty() ? one : other;

            for (int i = 0; i < 6; i++) {
                get(gateway);
            }

            assertThat(idle.heads).hasSize(6);
            mayAnswer.countDown();
            assertThat(patient.response()).endsWith("hi");
        }
    }
}
