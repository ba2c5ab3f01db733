package io.suimon.dataplane.proxy;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@SuppressWarnings("StringConcatToTextBlock") // wire text: every line end counts
class ForwardingTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

    @Test
    void forwardsTheRequestAndItsAnswer() throws Exception {
        try (var origin = RawOrigin.answering(
                        "HTTP/1.1 200 Fine\r\nDate: now\r\nServer: x\r\nX-A: 1\r\nKeep-Alive: 3\r\nContent-Length: 2\r\n\r\nhi");
                var gateway = TestGateway.to(origin.port())) {

            var answer = gateway.exchange(
                    "GET /a/../b/.//c%41%2f?q#f HTTP/1.1\r\nHost: a.b:81\r\nX_y: z\r\nConnection: close\r\nTE: x\r\n"
                            + "Keep-Alive: 1\r\nUpgrade: x\r\nExpect: 100-continue\r\nProxy-Authorization: p\r\n\r\n");

            assertThat(answer)
                    .isEqualTo("HTTP/1.1 200 Fine\r\nDate: now\r\nX-A: 1\r\nContent-Length: 2\r\n"
                            + "Server: APISIX/3.18.0\r\nConnection: close\r\n\r\nhi");
            assertThat(origin.heads)
                    .containsExactly("GET /a/../b/.//c%41%2f?q#f HTTP/1.1\r\nHost: a.b:81\r\nX_y: z\r\n"
                            + "Proxy-Authorization: p\r\n"
                            + "X-Real-IP: 127.0.0.1\r\nX-Forwarded-For: 127.0.0.1\r\nX-Forwarded-Proto: http\r\n"
                            + "X-Forwarded-Host: a.b:81\r\nX-Forwarded-Port: 81\r\n\r\n");
        }
    }

    @Test
    void usesConnectionsAgainOnBothSides() throws Exception {
        try (var origin = RawOrigin.answering(OK);
                var gateway = TestGateway.to(origin.port());
                var client = gateway.client()) {

            var answers = IntStream.range(0, 20)
                    .mapToObj(i -> get(client, "/" + i))
                    .filter(answer -> answer.endsWith("hi"))
                    .count();

            assertThat(answers).isEqualTo(20);
            assertThat(origin.connections).hasValue(1);
            assertThat(gateway.finished).hasSize(20);
        }
    }

    private static String get(RawClient client, String path) {
        try {
            return client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n").response();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void answersPipelinedRequestsInOrder() throws Exception {
        try (var origin = new RawOrigin(connection -> {
                    for (var head = connection.head(); !head.isEmpty(); head = connection.head()) {
                        var path = head.substring(4, head.indexOf(' ', 4));
                        connection.send("HTTP/1.1 200 OK\r\nContent-Length: " + path.length() + "\r\n\r\n" + path);
                    }
                });
                var gateway = TestGateway.to(origin.port())) {
            var requests = IntStream.range(0, 50)
                    .mapToObj(i -> "GET /" + i + " HTTP/1.1\r\nHost: a\r\n" + (i == 49 ? "Connection: close\r\n" : "")
                            + "\r\n")
                    .collect(Collectors.joining());

            var answers = gateway.exchange(requests);

            var bodies = answers.lines().filter(line -> line.startsWith("/")).collect(Collectors.joining());
            var expected = IntStream.range(0, 50).mapToObj(i -> "/" + i).collect(Collectors.joining());
            assertThat(bodies.replaceAll("HTTP/1.1 200 OK", "")).isEqualTo(expected);
            assertThat(origin.connections).hasValue(1);
        }
    }

    @Test
    void everySplitOfARequestIsTheSameRequest() throws Exception {
        var request = "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nT: 1\r\n\r\n";
        try (var origin = new RawOrigin(connection -> {
                    while (!connection.head().isEmpty()) {
                        connection.until("\r\nT: 1\r\n\r\n");
                        connection.send(OK);
                    }
                });
                var gateway = TestGateway.to(origin.port());
                var client = gateway.client()) {

            for (int cut = 1; cut < request.length(); cut++) {
                client.send(request.substring(0, cut));
                client.send(request.substring(cut));
                assertThat(client.response()).endsWith("\r\n\r\nhi");
            }

            assertThat(origin.heads).hasSize(request.length() - 1);
        }
    }

    @Test
    void everySplitOfAResponseIsTheSameResponse() throws Exception {
        var response =
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: T\r\n\r\n3;x\r\nabc\r\n0\r\nT: 1\r\n\r\n";
        try (var origin = new RawOrigin(connection -> {
                    for (int cut = 1; !connection.head().isEmpty(); cut++) {
                        connection.send(response.substring(0, cut));
                        connection.send(response.substring(cut));
                    }
                });
                var gateway = TestGateway.to(origin.port());
                var client = gateway.client()) {

            for (int cut = 1; cut < response.length(); cut++) {
                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
                client.until("\r\n\r\n");
                assertThat(Wire.joined(client.until("\r\nT: 1\r\n\r\n"))).isEqualTo("abc|0\r\nT: 1\r\n\r\n");
            }

            assertThat(origin.connections).hasValue(1);
        }
    }
}
