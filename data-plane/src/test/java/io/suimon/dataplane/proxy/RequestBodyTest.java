package io.suimon.dataplane.proxy;

import io.suimon.process.TestPatience;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@SuppressWarnings("StringConcatToTextBlock") // wire text: every line end counts
class RequestBodyTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

    @Test
    void forwardsABodyAsItArrives() throws Exception {
        var firstHalf = new CompletableFuture<String>();
        try (var origin = new RawOrigin(connection -> {
                    connection.head();
                    firstHalf.complete(connection.read(5));
                    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n" + connection.read(5));
                });
                var gateway = TestGateway.to(origin.port());
                var client = gateway.client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nfirst");

            var seen = firstHalf.get(TestPatience.SECONDS, TimeUnit.SECONDS);
            var answer = client.send("other").response();

            assertThat(seen).isEqualTo("first");
            assertThat(answer).endsWith("\r\n\r\nother");
        }
    }

    @Test
    void asksForABodyThatTheClientHoldsBack() throws Exception {
        try (var origin = new RawOrigin(connection -> {
                    while (!connection.head().isEmpty()) {
                        connection.read(4);
                        connection.send(OK);
                    }
                });
                var gateway = TestGateway.to(origin.port());
                var client = gateway.client()) {
            client.send("PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\nContent-Length: 4\r\n\r\n");

            var interim = client.until("\r\n\r\n");
            var answer = client.send("body").response();

            assertThat(interim).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            assertThat(answer).endsWith("hi");
            assertThat(origin.heads.getFirst()).doesNotContain("Expect");
        }
    }

    @Test
    void answersWithoutABodyThatTheClientHoldsBackWhereNobodyWantsIt() throws Exception {
        try (var gateway = new TestGateway().start()) {

            var answer =
                    gateway.exchange("PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");

            assertThat(answer).startsWith("HTTP/1.1 404 Not Found\r\n").contains("Connection: close\r\n");
        }
    }

    @Test
    void skipsABodyNobodyWantsAndReadsTheNextRequest() throws Exception {
        try (var gateway = new TestGateway().start()) {

            var answers = gateway.exchange("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody"
                    + "POST /b HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n"
                    + "GET /c HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

            assertThat(answers.split("HTTP/1.1 404 Not Found", -1)).hasSize(4);
            assertThat(gateway.finished).containsExactly("POST /a 404", "POST /b 404", "GET /c 404");
        }
    }

    @Test
    void hangsUpBehindAnAnswerToALongBodyNobodyWants() throws Exception {
        try (var gateway = new TestGateway().start()) {

            var answer = gateway.exchange("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000000\r\n\r\nbegin");

            assertThat(answer).startsWith("HTTP/1.1 404 Not Found\r\n").contains("Connection: close\r\n");
        }
    }

    @Test
    void passesAnEarlyAnswerWhileTheClientStillSends() throws Exception {
        try (var origin = new RawOrigin(connection -> {
                    connection.head();
                    connection.read(connection.number == 1 ? 5 : 0);
                    connection.send("HTTP/1.1 413 Too Long\r\nContent-Length: 0\r\n\r\n");
                });
                var gateway = TestGateway.to(origin.port());
                var client = gateway.client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nbegin");

            var answer = client.response();
            client.send("x".repeat(995));
            var next = client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").response();

            assertThat(answer).startsWith("HTTP/1.1 413 Too Long\r\n");
            assertThat(next).startsWith("HTTP/1.1 413 Too Long\r\n");
            assertThat(origin.connections).hasValue(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"3\r\nabcd\r\n0\r\n\r\n", "x\r\n", "-1\r\n", "3\nabc", "1\r\na\r\n0\r\nX : 1\r\n\r\n"})
    void refusesBrokenChunks(String body) throws Exception {
        try (var origin = new RawOrigin(RawOrigin.Connection::head);
                var gateway = TestGateway.to(origin.port())) {

            var answer = gateway.exchange("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + body);

            assertThat(answer).startsWith("HTTP/1.1 400 Bad Request\r\n").contains("Connection: close\r\n");
        }
    }

    @Test
    void holdsBackAClientWhoseBodyTheUpstreamDoesNotTake() throws Exception {
        var release = new CompletableFuture<Void>();
        try (var origin = new RawOrigin(connection -> {
                    connection.head();
                    release.join();
                    long length = connection.read(64 << 20).length();
                    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n" + length);
                });
                var gateway = TestGateway.to(origin.port());
                var client = gateway.client()) {
            var sent = new java.util.concurrent.atomic.AtomicLong();
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + (64 << 20) + "\r\n\r\n");
            var sender = CompletableFuture.runAsync(() -> pour(client, sent));

            org.awaitility.Awaitility.await()
                    .during(java.time.Duration.ofMillis(500))
                    .until(new Settled(sent)::holds);
            long heldBack = sent.get();
            release.complete(null);
            var answer = client.response();
            sender.join();

            assertThat(heldBack).isLessThan(32 << 20);
            assertThat(answer).endsWith("\r\n\r\n67108864");
        }
    }

    private static void pour(RawClient client, java.util.concurrent.atomic.AtomicLong sent) {
        try {
            var part = "y".repeat(64 * 1024);
            for (int i = 0; i < 1024; i++) {
                client.send(part);
                sent.addAndGet(part.length());
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private record Settled(java.util.concurrent.atomic.AtomicLong number, long[] before) {
        Settled(java.util.concurrent.atomic.AtomicLong number) {
            this(number, new long[] {-1});
        }

        boolean holds() {
            long now = number.get();
            boolean same = now == before[0];
            before[0] = now;
            return same;
        }
    }
}
