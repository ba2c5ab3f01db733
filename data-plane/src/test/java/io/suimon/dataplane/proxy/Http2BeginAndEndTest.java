package io.suimon.dataplane.proxy;

import io.suimon.process.TestPatience;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** How connections of HTTP/2 are told from others, and how they end. */
@SuppressWarnings("StringConcatToTextBlock") // wire text: every line end counts
class Http2BeginAndEndTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nDate: now\r\nContent-Length: 2\r\n\r\nhi";

    private static void hold(CountDownLatch latch) {
        try {
            latch.await(TestPatience.SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void drainingSaysGoodbyeAndLetsStreamsEnd() throws Exception {
        var go = new CountDownLatch(1);
        try (var origin = new RawOrigin(connection -> {
                    connection.head();
                    hold(go);
                    connection.send(OK);
                });
                var gateway = TestGateway.to(origin.port());
                var client = FrameClient.greeting(gateway.port())) {
            client.request(1, true, "GET", "/");
            await().until(() -> origin.heads.size() == 1);
            var drained = java.util.concurrent.CompletableFuture.supplyAsync(() -> {
                try {
                    return gateway.listener().drain(TestPatience.LONG);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });

            assertThat(client.next(FrameClient.GO_AWAY).error()).isZero();
            go.countDown();

            assertThat(client.response(1)).endsWith("[hi]\n");
            assertThat(drained.get(TestPatience.SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void everySplitOfTheFirstBytesIsTheSame() throws Exception {
        try (var origin = RawOrigin.answering(OK);
                var gateway = TestGateway.to(origin.port())) {
            var bytes = Arrays.copyOf(Wire.bytes(FrameClient.PREFACE), 24);
            for (int cut = 1; cut < 24; cut++) {
                try (var client = new FrameClient(gateway.port())) {
                    client.bytes(Arrays.copyOf(bytes, cut)).bytes(Arrays.copyOfRange(bytes, cut, 24));
                    client.frame(FrameClient.SETTINGS, 0, 0, new byte[0]).request(1, true, "GET", "/");

                    assertThat(client.response(1)).endsWith("[hi]\n");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"P", "PR", "PRI", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r"})
    void whatOnlyBeginsLikeHttp2IsRefusedOrTimesOut(String begin) throws Exception {
        try (var gateway = new TestGateway().set("timeout.head", "PT0.3S").start();
                var client = gateway.client()) {

            assertThat(client.answerBeforeTheEnd(begin)).isEmpty();

            await().until(() -> gateway.listener().counts().active() == 0);
        }
    }

    @ParameterizedTest
    @CsvSource({"PUT, 0", "POST, 1", "PATCH, 2", "PRIZE, 3"})
    void methodsThatBeginLikeThePrefaceAreHttp1(String method, int cut) throws Exception {
        try (var origin = RawOrigin.answering(OK);
                var gateway = TestGateway.to(origin.port());
                var client = gateway.client()) {
            var request = method + " / HTTP/1.1\r\nHost: a\r\n\r\n";

            client.send(request.substring(0, cut)).send(request.substring(cut));

            assertThat(client.response()).endsWith("hi");
        }
    }

    @Test
    void http2CanBeSwitchedOff() throws Exception {
        try (var gateway = new TestGateway().set("http2.enabled", "false").start();
                var client = gateway.client()) {

            assertThat(client.send(FrameClient.PREFACE).all()).startsWith("HTTP/1.1 ");
        }
    }

    @Test
    void manyRequestsOnOneConnectionEndWithAGoodbye() throws Exception {
        try (var origin = RawOrigin.answering(OK);
                var gateway = new TestGateway()
                        .set("max-requests-per-connection", "3")
                        .route(TestGateway.upstream(origin.port()))
                        .start();
                var client = FrameClient.greeting(gateway.port())) {

            var answers = IntStream.of(1, 3, 5).mapToObj(i -> ask(client, i)).toList();

            assertThat(answers).allMatch(answer -> answer.endsWith("[hi]\n"));
            await().until(() -> gateway.listener().counts().active() == 0);
        }
    }

    private static String ask(FrameClient client, int stream) {
        try {
            return client.request(stream, true, "GET", "/").response(stream);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
