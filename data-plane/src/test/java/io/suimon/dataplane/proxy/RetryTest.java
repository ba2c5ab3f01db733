package io.suimon.dataplane.proxy;

import io.suimon.process.HeldPort;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

@SuppressWarnings("StringConcatToTextBlock") // wire text: every line end counts
class RetryTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
    private static final String CLOSE = "Host: a\r\nConnection: close\r\n";

    private final List<HeldPort> dead = new ArrayList<>();

    @AfterEach
    void release() throws IOException {
        for (var port : dead) {
            port.close();
        }
    }

    private int deadPort() throws IOException {
        var port = new HeldPort();
        dead.add(port);
        return port.number();
    }

    private static String nodes(String more, int... ports) {
        var nodes = new StringBuilder();
        for (int port : ports) {
            nodes.append(nodes.isEmpty() ? "" : ",")
                    .append("{\"host\":\"127.0.0.1\",\"port\":" + port + ",\"weight\":1,\"priority\":" + -nodes.length()
                            + "}");
        }
        return "\"upstream\":{\"type\":\"roundrobin\",\"nodes\":[" + nodes + "]" + more + "}";
    }

    @ParameterizedTest(name = "{0} dead, retries {1}: {2} {3}")
    @CsvSource({
        "1, '',              502, '502'",
        "1, ',\"retries\":2', 502, '502, 502, 502'",
        "2, '',              502, '502, 502'",
        "2, ',\"retries\":0', 502, '502'",
        "2, ',\"retries\":5', 502, '502, 502 : '",
    })
    void triesAsOftenAsItMayAndSaysWhatCameOfIt(int count, String retries, int status, String statuses)
            throws Exception {
        var ports = new int[count];
        for (int i = 0; i < count; i++) {
            ports[i] = deadPort();
        }
        try (var gateway = new TestGateway().route(nodes(retries, ports)).start()) {

            var answer = gateway.exchange("GET / HTTP/1.1\r\n" + CLOSE + "\r\n");

            assertThat(answer)
                    .startsWith("HTTP/1.1 " + status + " ")
                    .contains("\r\nX-APISIX-Upstream-Status: " + statuses + "\r\n");
        }
    }

    @ParameterizedTest(name = "always {0}, answered {1}: {2}")
    @CsvSource({
        "false, 200,",
        "false, 503, '502, 503'",
        "true,  200, '502, 200'",
    })
    void saysWhatCameOfAllTriesWhereTheLastFailedOrAlways(boolean always, int answered, @Nullable String statuses)
            throws Exception {
        try (var origin = RawOrigin.answering("HTTP/1.1 " + answered + " \r\nContent-Length: 0\r\n\r\n");
                var gateway = new TestGateway()
                        .set("show-upstream-status", Boolean.toString(always))
                        .route(nodes("", deadPort(), origin.port()))
                        .start()) {

            var answer = gateway.exchange("GET / HTTP/1.1\r\n" + CLOSE + "\r\n");

            assertThat(answer).startsWith("HTTP/1.1 " + answered + " ");
            assertThat(answer.contains("X-APISIX-Upstream-Status")).isEqualTo(statuses != null);
            assertThat(answer).contains(statuses == null ? "" : "\r\nX-APISIX-Upstream-Status: " + statuses + "\r\n");
        }
    }

    @ParameterizedTest
    @CsvSource({"GET", "POST"})
    void asksTheNextEndpointWhereTheFirstCannotBeReached(String method) throws Exception {
        try (var origin = RawOrigin.answering(OK);
                var gateway = new TestGateway()
                        .route(nodes("", deadPort(), origin.port()))
                        .start()) {

            var answer = gateway.exchange(method + " / HTTP/1.1\r\n" + CLOSE + "Content-Length: 1\r\n\r\nx");

            assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").endsWith("hi");
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"GET, 200", "PUT, 200", "POST, 502", "PATCH, 502"})
    void sendsOnlyWhatMayBeSentTwiceToTheNextEndpoint(String method, int status) throws Exception {
        try (var failing = new RawOrigin(RawOrigin.Connection::head);
                var origin = RawOrigin.answering(OK);
                var gateway = new TestGateway()
                        .route(nodes("", failing.port(), origin.port()))
                        .start()) {

            var answer = gateway.exchange(method + " / HTTP/1.1\r\n" + CLOSE + "\r\n");

            assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        }
    }

    @Test
    void usesAFreshConnectionWhereAKeptOneTurnsOutDead() throws Exception {
        try (var origin = new RawOrigin(connection -> {
                    connection.head();
                    connection.send(OK);
                    if (connection.number == 1) {
                        connection.head();
                    } else {
                        connection.until("never");
                    }
                });
                var gateway = new TestGateway()
                        .route(nodes(",\"retries\":0", origin.port()))
                        .start();
                var client = gateway.client()) {
            client.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\n").response();

            var answer = client.send("GET /2 HTTP/1.1\r\nHost: a\r\n\r\n").response();

            assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n");
            assertThat(origin.connections).hasValue(2);
        }
    }

    @Test
    void answersTimeoutWhereTheEndpointIsSilent() throws Exception {
        try (var origin = new RawOrigin(connection -> connection.until("never"));
                var gateway = new TestGateway()
                        .route(nodes(",\"timeout\":{\"connect\":1,\"send\":1,\"read\":0.3}", origin.port()))
                        .start()) {

            var answer = gateway.exchange("GET / HTTP/1.1\r\n" + CLOSE + "\r\n");

            assertThat(answer)
                    .startsWith("HTTP/1.1 504 Gateway Time-out\r\n")
                    .contains("Content-Length: 239\r\n", "X-APISIX-Upstream-Status: 504\r\n");
        }
    }

    @Test
    void stopsTryingWhenTheTimeForItIsOver() throws Exception {
        try (var origin = new RawOrigin(connection -> connection.until("never"));
                var gateway = new TestGateway()
                        .route(nodes(
                                ",\"retries\":9,\"retry_timeout\":3,\"timeout\":{\"connect\":9,\"send\":9,\"read\":1.6}",
                                origin.port()))
                        .start()) {

            var answer = gateway.exchange("GET / HTTP/1.1\r\n" + CLOSE + "\r\n");

            assertThat(answer)
                    .startsWith("HTTP/1.1 502 Bad Gateway\r\n")
                    .contains("X-APISIX-Upstream-Status: 504, 504 : \r\n");
        }
    }

    @Test
    void findsNodesByName() throws Exception {
        try (var origin = RawOrigin.answering(OK);
                var gateway = new TestGateway()
                        .route("\"upstream\":{\"type\":\"roundrobin\",\"pass_host\":\"node\",\"nodes\":{\"localhost:"
                                + origin.port() + "\":1}}")
                        .start()) {

            var answer = gateway.exchange("GET / HTTP/1.1\r\n" + CLOSE + "\r\n");

            assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n");
            assertThat(origin.heads.getFirst()).contains("\r\nHost: localhost:" + origin.port() + "\r\n");
        }
    }

    @ParameterizedTest(name = "{0} nodes")
    @CsvSource({"1", "2"})
    void answersUnavailableWhereNoNameHasAnAddress(int count) throws Exception {
        var nodes = "{\"host\":\"%d.nodes.test\",\"port\":80,\"weight\":1}";
        try (var gateway = new TestGateway()
                .set("dns.servers", "127.0.0.1:" + deadPort())
                .set("dns.timeout", "PT0.2S")
                .route("\"upstream\":{\"type\":\"roundrobin\",\"nodes\":["
                        + IntStream.range(0, count).mapToObj(nodes::formatted).collect(Collectors.joining(",")) + "]}")
                .start()) {

            for (int i = 0; i < 3; i++) {
                assertThat(gateway.exchange("GET / HTTP/1.1\r\n" + CLOSE + "\r\n"))
                        .startsWith("HTTP/1.1 503 ")
                        .doesNotContain("X-APISIX-Upstream-Status");
            }
        }
    }

    @Test
    void passesOverANodeWhoseNameHasNoAddress() throws Exception {
        try (var origin = RawOrigin.answering(OK);
                var gateway = new TestGateway()
                        .set("dns.servers", "127.0.0.1:" + deadPort())
                        .set("dns.timeout", "PT0.2S")
                        .route("\"upstream\":{\"type\":\"roundrobin\",\"retries\":0,\"nodes\":["
                                + "{\"host\":\"1.nodes.test\",\"port\":80,\"weight\":1,\"priority\":1},"
                                + "{\"host\":\"127.0.0.1\",\"port\":" + origin.port() + ",\"weight\":1}]}")
                        .start()) {

            assertThat(gateway.exchange("GET / HTTP/1.1\r\n" + CLOSE + "\r\n")).startsWith("HTTP/1.1 200 OK\r\n");
        }
    }

    @Test
    void answersUnavailableWhereThereIsNobodyToAsk() throws Exception {
        try (var gateway = new TestGateway()
                .route("\"upstream\":{\"type\":\"roundrobin\",\"nodes\":[]}")
                .start()) {

            var answer = gateway.exchange("GET / HTTP/1.1\r\n" + CLOSE + "\r\n");

            assertThat(answer)
                    .startsWith("HTTP/1.1 503 Service Temporarily Unavailable\r\n")
                    .contains("Content-Length: 269\r\n")
                    .doesNotContain("X-APISIX-Upstream-Status");
        }
    }

    @Test
    void answersUnavailableWhereTooManyWaitForAConnection() throws Exception {
        try (var origin = new RawOrigin(connection -> {
                    connection.head();
                    connection.until("never");
                });
                var gateway = new TestGateway()
                        .set("upstream.max-connections", "1")
                        .set("upstream.max-pending", "0")
                        .route(nodes("", origin.port()))
                        .start();
                var first = gateway.client()) {
            first.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            org.awaitility.Awaitility.await().until(() -> origin.heads.size() == 1);

            var answer = gateway.exchange("GET / HTTP/1.1\r\n" + CLOSE + "\r\n");

            assertThat(answer).startsWith("HTTP/1.1 503 ");
        }
    }

    @Test
    void aRequestWaitsForTheConnectionOfAnother() throws Exception {
        try (var origin = RawOrigin.answering(OK);
                var gateway = new TestGateway()
                        .set("upstream.max-connections", "1")
                        .route(nodes("", origin.port()))
                        .start();
                var first = gateway.client();
                var second = gateway.client()) {
            first.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(3));
            second.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(3));

            var answers = first.response()
                    + first.response()
                    + first.response()
                    + second.response()
                    + second.response()
                    + second.response();

            assertThat(answers.split("200 OK", -1)).hasSize(7);
            assertThat(origin.connections).hasValue(1);
        }
    }
}
