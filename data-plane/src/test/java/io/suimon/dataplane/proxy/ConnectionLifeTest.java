package io.suimon.dataplane.proxy;

import io.suimon.process.TestPatience;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@SuppressWarnings("StringConcatToTextBlock") // wire text: every line end counts
class ConnectionLifeTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    @ParameterizedTest(name = "{0} after [{1}]")
    @CsvSource({
        "timeout.head, ''",
        "timeout.head, 'GET / HTTP/1.1\r\nHost: a\r\nX: '",
        "timeout.body, 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc'",
    })
    void hangsUpOnClientsThatSendTooSlowly(String limit, String begin) throws Exception {
        try (var origin = new RawOrigin(connection -> connection.until("never"));
                var gateway = new TestGateway()
                        .set(limit, "PT0.2S")
                        .route(TestGateway.upstream(origin.port()))
                        .start();
                var client = gateway.client()) {

            var answer = client.answerBeforeTheEnd(begin);

            assertThat(answer).isEmpty();
        }
    }

    @Test
    void hangsUpOnClientsThatSendAHeadByteByByteForEver() throws Exception {
        try (var gateway = new TestGateway().set("timeout.head", "PT0.5S").start();
                var client = gateway.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\nX: ");

            Awaitility.await().until(() -> isGone(client));

            assertThat(gateway.finished).isEmpty();
        }
    }

    private static boolean isGone(RawClient client) {
        try {
            client.send("x");
            return client.socket.getInputStream().available() < 0;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void hangsUpOnIdleClients() throws Exception {
        try (var origin = RawOrigin.answering(OK);
                var gateway = new TestGateway()
                        .set("timeout.idle", "PT0.2S")
                        .route(TestGateway.upstream(origin.port()))
                        .start()) {

            var answer = gateway.exchange(GET);

            assertThat(answer).endsWith("hi").doesNotContain("Connection: close");
        }
    }

    @Test
    void hangsUpOnClientsThatTakeNothingOfTheirResponse() throws Exception {
        var part = "x".repeat(1 << 20);
        try (var origin = new RawOrigin(connection -> {
                    connection.head();
                    connection.send("HTTP/1.1 200 OK\r\n\r\n");
                    for (int i = 0; i < 64; i++) {
                        connection.send(part);
                    }
                });
                var gateway = new TestGateway()
                        .set("timeout.send", "PT0.3S")
                        .route(TestGateway.upstream(origin.port()))
                        .start();
                var client = gateway.client()) {

            client.send(GET);

            Awaitility.await().untilAsserted(() -> assertThat(gateway.finished).containsExactly("GET / 200"));
            Awaitility.await().until(() -> gateway.listener().counts().active() == 0);
        }
    }

    @Test
    void closesBehindTheLastRequestOfAConnection() throws Exception {
        try (var origin = RawOrigin.answering(OK);
                var gateway = new TestGateway()
                        .set("max-requests-per-connection", "2")
                        .route(TestGateway.upstream(origin.port()))
                        .start()) {

            var answers = gateway.exchange(GET.repeat(3));

            assertThat(answers.split("200 OK", -1)).hasSize(3);
            assertThat(answers).containsOnlyOnce("Connection: close");
        }
    }

    @Test
    void closesConnectionsBeyondTheLimitAtOnce() throws Exception {
        try (var gateway = new TestGateway().set("max-connections", "1").start();
                var first = gateway.client()) {
            first.send(GET).until("0\r\n\r\n");

            try (var second = gateway.client()) {
                assertThat(second.all()).isEmpty();
            }

            assertThat(first.send(GET).until("0\r\n\r\n")).startsWith("HTTP/1.1 404");
        }
    }

    @Test
    void answersAClientThatSaysItIsDone() throws Exception {
        try (var origin = RawOrigin.answering(OK);
                var gateway = TestGateway.to(origin.port());
                var client = gateway.client()) {
            client.send(GET.repeat(3));
            client.socket.shutdownOutput();

            var answers = client.all();

            assertThat(answers.split("200 OK", -1)).hasSize(4);
        }
    }

    @Test
    void forgetsAClientThatIsGone() throws Exception {
        try (var origin = new RawOrigin(connection -> {
                    connection.head();
                    connection.until("never");
                });
                var gateway = TestGateway.to(origin.port())) {
            var client = gateway.client();
            client.send(GET);
            Awaitility.await().until(() -> origin.heads.size() == 1);

            client.socket.setSoLinger(true, 0);
            client.close();

            Awaitility.await().until(() -> gateway.finished.equals(java.util.List.of("GET / 499")));
            Awaitility.await().until(() -> gateway.listener().counts().running() == 0);
        }
    }

    @Test
    void drainsByFinishingWhatRuns() throws Exception {
        var release = new CompletableFuture<Void>();
        try (var origin = new RawOrigin(connection -> {
                    connection.head();
                    release.join();
                    connection.send(OK);
                });
                var gateway = TestGateway.to(origin.port());
                var idle = gateway.client();
                var busy = gateway.client()) {
            busy.send(GET);
            Awaitility.await().until(() -> origin.heads.size() == 1);

            var drained = CompletableFuture.supplyAsync(() -> drain(gateway));
            var nothing = idle.all();
            release.complete(null);
            var answer = busy.all();

            assertThat(nothing).isEmpty();
            assertThat(answer).contains("Connection: close\r\n").endsWith("hi");
            assertThat(drained.get(TestPatience.SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }

    @ParameterizedTest(name = "after {0} requests")
    @ValueSource(ints = {0, 1})
    void drainingAnswersARequestThatIsOnItsWay(int before) throws Exception {
        try (var origin = RawOrigin.answering(OK);
                var gateway = new TestGateway()
                        .set("timeout.last-request", "PT30S")
                        .route(TestGateway.upstream(origin.port()))
                        .start();
                var client = gateway.client()) {
            for (int i = 0; i < before; i++) {
                client.send(GET).response();
            }

            var drained = drainBegun(gateway);
            var answer = client.send(GET).all();

            assertThat(answer).contains("Connection: close\r\n").endsWith("hi");
            assertThat(drained.get(TestPatience.SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Drains, and asks until a client is told that its connection ends. */
    private static CompletableFuture<Boolean> drainBegun(TestGateway gateway) throws IOException {
        try (var client = gateway.client()) {
            client.send(GET).response();
            var drained = CompletableFuture.supplyAsync(() -> drain(gateway));
            while (!client.send(GET).response().contains("Connection: close\r\n")) {
                Thread.onSpinWait();
            }
            return drained;
        }
    }

    @Test
    void drainingDoesNotWaitForClientsThatWereToldNothing() throws Exception {
        var release = new CompletableFuture<Void>();
        try (var origin = new RawOrigin(connection -> {
                    connection.head();
                    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nh");
                    release.join();
                    connection.send("i");
                });
                var gateway = new TestGateway()
                        .set("timeout.last-request", "PT0.3S")
                        .route(TestGateway.upstream(origin.port()))
                        .start();
                var client = gateway.client()) {
            client.send(GET).until("\r\n\r\nh");

            var drained = CompletableFuture.supplyAsync(() -> drain(gateway));
            release.complete(null);

            assertThat(client.all()).isEqualTo("i");
            assertThat(drained.get(TestPatience.SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static boolean drain(TestGateway gateway) {
        try {
            return gateway.listener().drain(TestPatience.LONG);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void carriesTrafficOnEveryTransport(String nativeTransport) throws Exception {
        try (var origin = RawOrigin.answering(OK);
                var gateway = new TestGateway()
                        .set("native-transport", nativeTransport)
                        .set("event-loops", "2")
                        .route(TestGateway.upstream(origin.port()))
                        .start()) {

            var answers = new StringBuilder();
            for (int i = 0; i < 10; i++) {
                answers.append(gateway.exchange("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
            }

            assertThat(answers.toString().split("200 OK", -1)).hasSize(11);
        }
    }
}
