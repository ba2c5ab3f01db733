package io.suimon.dataplane.proxy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Calls that an origin of the scheme {@code grpc} refused unseen, and what of them is sent once more. */
class GrpcReplayTest {

    private static final int REFUSED = 7;
    private static final int CANCEL = 8;

    private final List<String> bodies = new CopyOnWriteArrayList<>();

    /** Refuses the first stream as a test says, and answers all others. */
    private RawOrigin origin(FrameOrigin.Answer refusal) throws IOException {
        return FrameOrigin.origin((frames, number) -> {
            if (number == 1) {
                refusal.send(frames, frames.next(FrameClient.DATA).stream());
                frames.next(FrameClient.GO_AWAY);
            } else {
                answer(frames);
            }
        });
    }

    private void answer(FrameClient frames) throws IOException {
        var body = new StringBuilder();
        while (true) {
            var frame = frames.next();
            if (frame.type() == FrameClient.DATA) {
                body.append(frame.text());
            }
            if (frame.ends()) {
                bodies.add(body.toString() + (frame.type() == FrameClient.HEADERS ? "|" + frame.text() : ""));
                body.setLength(0);
                FrameOrigin.ok(frames, frame.stream());
            }
        }
    }

    private static void refuse(FrameClient frames, int stream) throws IOException {
        frames.goAway(0x7fffffff).reset(stream, REFUSED);
    }

    @ParameterizedTest(name = "with Content-Length: {0}")
    @ValueSource(booleans = {true, false})
    void aSmallBodyIsSentAgain(boolean length) throws Exception {
        try (var origin = origin(GrpcReplayTest::refuse);
                var gateway = FrameOrigin.gateway(origin);
                var client = FrameClient.greeting(gateway.port())) {

            client.request(1, false, "POST", "/", length ? new String[] {"content-length", "5"} : new String[0]);
            client.data(1, true, "hello");

            assertThat(client.response(1)).endsWith("grpc-message: \n");
            assertThat(bodies).containsExactly("hello");
            assertThat(origin.connections).hasValue(2);
        }
    }

    @Test
    void soIsOneAboveTheLastStreamThatGoawayNames() throws Exception {
        try (var origin = origin((frames, stream) -> frames.goAway(0));
                var gateway = FrameOrigin.gateway(origin);
                var client = FrameClient.greeting(gateway.port())) {

            client.request(1, false, "POST", "/").data(1, true, "hello");

            assertThat(client.response(1)).endsWith("grpc-message: \n");
            assertThat(bodies).containsExactly("hello");
        }
    }

    @Test
    void whatFollowsTheRefusalGoesBehindIt() throws Exception {
        try (var origin = origin(GrpcReplayTest::refuse);
                var gateway = FrameOrigin.gateway(origin);
                var client = FrameClient.greeting(gateway.port())) {
            client.request(1, false, "POST", "/").data(1, false, "hel");
            org.awaitility.Awaitility.await().until(() -> origin.connections.get() == 2);

            client.data(1, false, "l").data(1, true, "o");

            assertThat(client.response(1)).endsWith("grpc-message: \n");
            assertThat(bodies).containsExactly("hello");
        }
    }

    @Test
    void trailersOfARequestAreSentAgain() throws Exception {
        try (var origin = origin(GrpcReplayTest::refuse);
                var gateway = FrameOrigin.gateway(origin);
                var client = FrameClient.greeting(gateway.port())) {

            client.request(1, false, "POST", "/").data(1, false, "hello").headers(1, true, "x-end", "1");

            assertThat(client.response(1)).endsWith("grpc-message: \n");
            assertThat(bodies).containsExactly("hello|x-end: 1\n");
        }
    }

    @Test
    void theNextNodeIsAskedWhereTheFirstRefusesAgain() throws Exception {
        try (var refusing = FrameOrigin.origin((frames, number) -> {
                    while (true) {
                        frames.reset(frames.next(FrameClient.DATA).stream(), REFUSED);
                    }
                });
                var other = FrameOrigin.origin((frames, number) -> answer(frames));
                var gateway = new TestGateway()
                        .route("\"upstream\":{\"scheme\":\"grpc\",\"type\":\"roundrobin\",\"nodes\":["
                                + "{\"host\":\"127.0.0.1\",\"port\":" + refusing.port()
                                + ",\"weight\":1,\"priority\":1},"
                                + "{\"host\":\"127.0.0.1\",\"port\":" + other.port()
                                + ",\"weight\":1,\"priority\":0}]}")
                        .start();
                var client = FrameClient.greeting(gateway.port())) {

            client.request(1, false, "POST", "/").data(1, true, "hello");

            assertThat(client.response(1)).endsWith("grpc-message: \n");
            assertThat(bodies).containsExactly("hello");
        }
    }

    @Test
    void anOnlyNodeThatAlwaysRefusesIsAskedTwice() throws Exception {
        var streams = new CopyOnWriteArrayList<Integer>();
        try (var origin = FrameOrigin.origin((frames, number) -> {
                    while (true) {
                        int stream = frames.next(FrameClient.DATA).stream();
                        streams.add(stream);
                        frames.reset(stream, REFUSED);
                    }
                });
                var gateway = FrameOrigin.gateway(origin);
                var client = FrameClient.greeting(gateway.port())) {

            client.request(1, false, "POST", "/").data(1, true, "hello");

            assertThat(client.response(1)).startsWith(":status: 502\n");
            assertThat(streams).hasSize(2);
        }
    }

    @Test
    void aBodyThatIsTooLongToBeKeptIsNotSentAgain() throws Exception {
        try (var origin = origin(GrpcReplayTest::refuse);
                var gateway = FrameOrigin.gateway(new TestGateway().set("upstream.http2.replay-buffer", "4"), origin);
                var client = FrameClient.greeting(gateway.port())) {

            client.request(1, false, "POST", "/").data(1, true, "hello");

            assertThat(client.response(1)).startsWith(":status: 502\n").contains("x-apisix-upstream-status: 502\n");
            assertThat(bodies).isEmpty();
        }
    }

    @Test
    void aStreamThatWasLookedAtIsNotSentAgain() throws Exception {
        try (var origin = origin((frames, stream) -> frames.reset(stream, CANCEL));
                var gateway = FrameOrigin.gateway(origin, "\"retries\":3");
                var client = FrameClient.greeting(gateway.port())) {

            client.request(1, false, "POST", "/").data(1, true, "hello");

            assertThat(client.response(1)).startsWith(":status: 502\n");
            assertThat(bodies).isEmpty();
        }
    }

    @Test
    void nothingIsSentAgainOnceAResponseBegan() throws Exception {
        try (var origin = origin((frames, stream) ->
                        frames.headers(stream, false, FrameOrigin.OK).reset(stream, REFUSED));
                var gateway = FrameOrigin.gateway(origin, "\"retries\":3");
                var client = FrameClient.greeting(gateway.port())) {

            client.request(1, false, "POST", "/").data(1, true, "hello");

            assertThat(client.response(1)).startsWith(":status: 200\n").endsWith("reset 7");
            assertThat(bodies).isEmpty();
        }
    }
}
