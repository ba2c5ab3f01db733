package io.suimon.dataplane.proxy;

import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What passes between a client and an origin of the scheme {@code grpc}, frame by frame. */
@SuppressWarnings("StringConcatToTextBlock") // wire text: every line end counts
class GrpcFramesTest {

    @Test
    void aRequestAndItsResponseKeepTheirFieldsAndTrailers() throws Exception {
        var seen = new CopyOnWriteArrayList<String>();
        try (var origin = FrameOrigin.origin((frames, number) -> {
                    seen.add(frames.next(FrameClient.HEADERS).text());
                    seen.add(frames.next(FrameClient.DATA).text());
                    seen.add(frames.next(FrameClient.HEADERS).text());
                    FrameOrigin.ok(frames, 3);
                    frames.next(FrameClient.GO_AWAY);
                });
                var gateway = FrameOrigin.gateway(origin);
                var client = FrameClient.greeting(gateway.port())) {

            client.request(
                            1,
                            false,
                            "POST",
                            "/s/m",
                            "te",
                            "trailers",
                            "content-type",
                            "application/grpc+json",
                            "x-y",
                            "1")
                    .data(1, false, "xyz")
                    .headers(1, true, "t", "2");

            assertThat(client.response(1))
                    .isEqualTo(":status: 200\ncontent-type: application/grpc\ndate: now\nserver: APISIX/3.18.0\n[abc]\n"
                            + "grpc-status: 0\ngrpc-message: \n");
            assertThat(seen)
                    .containsExactly(
                            ":method: POST\n:scheme: http\n:authority: a.b\n:path: /s/m\n"
                                    + "content-type: application/grpc+json\nx-y: 1\nx-real-ip: 127.0.0.1\n"
                                    + "x-forwarded-for: 127.0.0.1\nx-forwarded-proto: http\nx-forwarded-host: a.b\n"
                                    + "x-forwarded-port: " + gateway.port() + "\nte: trailers\n",
                            "xyz",
                            "t: 2\n");
        }
    }

    @Test
    void aMessageWithWhichTheRequestEndsGoesOnInOneFrame() throws Exception {
        var seen = new CopyOnWriteArrayList<String>();
        try (var origin = FrameOrigin.origin((frames, number) -> {
                    frames.next(FrameClient.HEADERS);
                    var message = frames.next(FrameClient.DATA);
                    seen.add(message.text() + (message.ends() ? " and nothing" : " and more"));
                    FrameOrigin.ok(frames, 3);
                    frames.next(FrameClient.GO_AWAY);
                });
                var gateway = FrameOrigin.gateway(origin);
                var client = FrameClient.greeting(gateway.port())) {

            client.request(1, false, "POST", "/s/m", "te", "trailers").data(1, true, "xyz");

            assertThat(client.response(1)).contains("grpc-status: 0");
            assertThat(seen).containsExactly("xyz and nothing");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/grpc          | application/grpc",
                "application/grpc+proto    | application/grpc+proto",
                "application/grpc;x=y      | application/grpc;x=y",
                "application/grpc-web      | application/grpc",
                "application/json          | application/grpc",
            })
    void theTypeIsOneOfGrpc(String sent, String expected) throws Exception {
        var seen = new CopyOnWriteArrayList<String>();
        try (var origin = FrameOrigin.origin((frames, number) -> {
                    seen.add(frames.next(FrameClient.HEADERS).text());
                    FrameOrigin.ok(frames, 3);
                    frames.next(FrameClient.GO_AWAY);
                });
                var gateway = FrameOrigin.gateway(origin);
                var client = FrameClient.greeting(gateway.port())) {

            client.request(1, true, "POST", "/", "content-type", sent);

            assertThat(client.response(1)).contains("grpc-status: 0");
            assertThat(seen.getFirst()).contains("content-type: " + expected + "\n");
        }
    }

    @Test
    void aStatusAloneIsOneFrame() throws Exception {
        try (var origin = FrameOrigin.origin(FrameOrigin.answering((frames, stream) -> frames.headers(
                        stream, true, ":status", "200", "content-type", "application/grpc", "grpc-status", "5")));
                var gateway = FrameOrigin.gateway(origin);
                var client = FrameClient.greeting(gateway.port())) {

            client.request(1, true, "POST", "/");
            var head = client.next(FrameClient.HEADERS);

            assertThat(head.ends()).isTrue();
            assertThat(head.text()).startsWith(":status: 200\ncontent-type: application/grpc\ngrpc-status: 5\n");
        }
    }

    @Test
    void aClientOfHttp10WithoutAHostAsksForTheNode() throws Exception {
        var heads = new java.util.concurrent.CopyOnWriteArrayList<String>();
        try (var origin = FrameOrigin.origin((frames, number) -> {
                    var head = frames.next(FrameClient.HEADERS);
                    heads.add(head.text());
                    FrameOrigin.ok(frames, head.stream());
                    frames.next(FrameClient.GO_AWAY);
                });
                var gateway = FrameOrigin.gateway(origin)) {

            var answer = gateway.exchange("GET / HTTP/1.0\r\n\r\n");

            assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").contains("abc");
            assertThat(heads.getFirst()).contains(":authority: 127.0.0.1:" + origin.port() + "\n");
        }
    }

    @Test
    void aClientOfHttp1IsServed() throws Exception {
        try (var origin = FrameOrigin.origin(FrameOrigin.answering(FrameOrigin::ok));
                var gateway = FrameOrigin.gateway(origin)) {

            var answer = gateway.exchange("POST /a HTTP/1.1\r\nHost: a.b\r\nTE: trailers\r\nContent-Length: 3\r\n"
                    + "Connection: close\r\n\r\nxyz");

            assertThat(answer)
                    .startsWith("HTTP/1.1 200 OK\r\ncontent-type: application/grpc\r\ndate: now\r\n")
                    .contains("Transfer-Encoding: chunked\r\n")
                    .endsWith("3\r\nabc\r\n0\r\ngrpc-status: 0\r\ngrpc-message: \r\n\r\n");
        }
    }

    @Test
    void anAnswerToHeadHasNoBody() throws Exception {
        try (var origin = FrameOrigin.origin(FrameOrigin.answering((frames, stream) ->
                        frames.headers(stream, true, ":status", "200", "content-length", "7", "date", "now")));
                var gateway = FrameOrigin.gateway(origin)) {

            assertThat(gateway.exchange("HEAD / HTTP/1.1\r\nHost: a.b\r\nConnection: close\r\n\r\n"))
                    .isEqualTo("HTTP/1.1 200 OK\r\ndate: now\r\ncontent-length: 7\r\nServer: APISIX/3.18.0\r\n"
                            + "Connection: close\r\n\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8, 11})
    void aResetReachesAClientOfHttp2WithItsCode(int code) throws Exception {
        try (var origin = FrameOrigin.origin(
                        FrameOrigin.answering((frames, stream) -> frames.headers(stream, false, FrameOrigin.OK)
                                .data(stream, false, "ab")
                                .reset(stream, code)));
                var gateway = FrameOrigin.gateway(origin);
                var client = FrameClient.greeting(gateway.port())) {

            client.request(1, true, "POST", "/");

            assertThat(client.response(1)).endsWith("reset " + code);
        }
    }

    @Test
    void aResetBreaksTheConnectionOfAClientOfHttp1() throws Exception {
        try (var origin = FrameOrigin.origin(
                        FrameOrigin.answering((frames, stream) -> frames.headers(stream, false, FrameOrigin.OK)
                                .data(stream, false, "ab")
                                .reset(stream)));
                var gateway = FrameOrigin.gateway(origin)) {

            var answer = gateway.exchange("POST / HTTP/1.1\r\nHost: a.b\r\nContent-Length: 0\r\n\r\n");

            assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").doesNotContain("\r\n0\r\n");
        }
    }

    @Test
    void aResetBeforeTheHeadIsABadGateway() throws Exception {
        try (var origin = FrameOrigin.origin(FrameOrigin.answering((frames, stream) -> frames.reset(stream)));
                var gateway = FrameOrigin.gateway(origin);
                var client = FrameClient.greeting(gateway.port())) {

            client.request(1, true, "POST", "/");

            assertThat(client.response(1)).startsWith(":status: 502\n");
        }
    }

    @Test
    void aClientThatResetsItsStreamResetsThatOfTheOrigin() throws Exception {
        var codes = new CopyOnWriteArrayList<Integer>();
        var begun = new CountDownLatch(1);
        try (var origin = FrameOrigin.origin((frames, number) -> {
                    frames.next(FrameClient.HEADERS);
                    begun.countDown();
                    codes.add(frames.next(FrameClient.RESET).error());
                });
                var gateway = FrameOrigin.gateway(origin);
                var client = FrameClient.greeting(gateway.port())) {

            client.request(1, false, "POST", "/");
            begun.await();
            client.reset(1);

            await().untilAsserted(() -> assertThat(codes).containsExactly(8));
        }
    }
}
