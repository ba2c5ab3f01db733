package io.suimon.dataplane.proxy;

import io.suimon.process.HeldPort;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What an upstream whose every node fails is sent, and what its clients see. */
class RetryBudgetTrafficTest {

    private static final int REQUESTS = 1_000;

    @Test
    void aDyingUpstreamGetsAFifthMoreThanItsClientsSend() throws Exception {
        try (var nodes = new Dying(5);
                var gateway = new TestGateway().route(nodes.upstream("")).start()) {

            long millis = get(gateway, REQUESTS, 502);

            assertThat(nodes.asked()).isBetween(REQUESTS, REQUESTS * 12 / 10 + 3 * (int) (millis / 1_000 + 2));
            assertThat(gateway.listener().counts().retries()).isEqualTo(nodes.asked() - REQUESTS);
            assertThat(gateway.listener().counts().retriesDenied()).isPositive();
        }
    }

    @Test
    void withoutABudgetEveryNodeIsAskedForEveryRequest() throws Exception {
        try (var nodes = new Dying(5);
                var gateway = new TestGateway()
                        .set("upstream.retry-budget.enabled", "false")
                        .route(nodes.upstream(""))
                        .start()) {

            get(gateway, REQUESTS / 10, 502);

            assertThat(nodes.asked()).isEqualTo(REQUESTS / 10 * 5);
            assertThat(gateway.listener().counts().retriesDenied()).isZero();
        }
    }

    @Test
    void theAnswerIsThatOfTheTryThatFailed() throws Exception {
        try (var nodes = new Dying(2);
                var gateway = new TestGateway()
                        .set("upstream.retry-budget.percent", "0")
                        .set("upstream.retry-budget.min-per-second", "0")
                        .route(nodes.upstream(""))
                        .start()) {

            var answer = gateway.exchange("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

            assertThat(answer)
                    .startsWith("HTTP/1.1 502 Bad Gateway\r\n")
                    .contains("\r\nX-APISIX-Upstream-Status: 502\r\n");
            assertThat(nodes.asked()).isEqualTo(1);
        }
    }

    @Test
    void aBudgetIsNotRenewedByChangesOfItsUpstream() throws Exception {
        try (var nodes = new Dying(2);
                var gateway = new TestGateway()
                        .set("upstream.retry-budget.percent", "20")
                        .set("upstream.retry-budget.min-per-second", "0")
                        .route(nodes.upstream(""))
                        .start()) {
            get(gateway, 40, 502);
            int before = nodes.asked();

            for (int i = 0; i < 10; i++) {
                gateway.reload(nodes.upstream(",\"retries\":" + (i + 1)));
                get(gateway, 1, 502);
            }

            assertThat(nodes.asked() - before).isLessThanOrEqualTo(10 + 2);
        }
    }

    @Test
    void anotherConnectionForOneThatTurnedOutDeadCostsNothing() throws Exception {
        try (var origin = new RawOrigin(connection -> {
                    connection.head();
                    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
                    connection.head();
                });
                var gateway = new TestGateway()
                        .set("upstream.retry-budget.percent", "0")
                        .set("upstream.retry-budget.min-per-second", "0")
                        .route(TestGateway.upstream(origin.port()))
                        .start()) {

            get(gateway, 20, 200);

            assertThat(origin.connections).hasValue(20);
            assertThat(gateway.listener().counts().retries()).isZero();
        }
    }

    @Test
    void aNodeThatIsNotThereCostsNothing() throws Exception {
        try (var nobody = new HeldPort();
                var there = RawOrigin.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
                var gateway = new TestGateway()
                        .set("upstream.retry-budget.percent", "0")
                        .set("upstream.retry-budget.min-per-second", "0")
                        .route("\"upstream\":{\"nodes\":{\"127.0.0.1:" + nobody.number() + "\":1,\"127.0.0.1:"
                                + there.port() + "\":1}}")
                        .start()) {

            get(gateway, 20, 200);

            assertThat(there.heads).hasSize(20);
            assertThat(gateway.listener().counts().retries()).isZero();
        }
    }

    /** Sends requests one behind the other, and tells in how many milliseconds. */
    private static long get(TestGateway gateway, int requests, int status) throws IOException {
        long begun = System.nanoTime();
        try (var client = gateway.client()) {
            for (int i = 0; i < requests; i++) {
                assertThat(client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").response())
                        .startsWith("HTTP/1.1 " + status + " ");
            }
        }
        return (System.nanoTime() - begun) / 1_000_000;
    }

    /** Nodes that read every request and hang up. */
    private static final class Dying implements AutoCloseable {

        private final List<RawOrigin> nodes = new ArrayList<>();

        Dying(int count) throws IOException {
            for (int i = 0; i < count; i++) {
                nodes.add(new RawOrigin(RawOrigin.Connection::head, new ServerSocket(0, 1024)));
            }
        }

        String upstream(String more) {
            return "\"upstream\":{\"type\":\"roundrobin\",\"nodes\":{"
                    + nodes.stream()
                            .map(node -> "\"127.0.0.1:" + node.port() + "\":1")
                            .collect(Collectors.joining(","))
                    + "}" + more + "}";
        }

        int asked() {
            return nodes.stream().mapToInt(node -> node.heads.size()).sum();
        }

        @Override
        public void close() throws IOException {
            for (var node : nodes) {
                node.close();
            }
        }
    }
}
