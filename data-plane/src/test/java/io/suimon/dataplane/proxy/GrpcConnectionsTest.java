package io.suimon.dataplane.proxy;

import io.suimon.process.HeldPort;
import io.suimon.process.TestPatience;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Which connections to an origin of the scheme {@code grpc} there are, and what goes on which of them. */
@SuppressWarnings("StringConcatToTextBlock") // wire text: every line end counts
class GrpcConnectionsTest {

    @Test
    void whatIsRefusedIsAskedAgain() throws Exception {
        try (var origin = FrameOrigin.origin((frames, number) -> {
                    if (number == 1) {
                        var head = frames.next(FrameClient.HEADERS);
                        frames.goAway(0x7fffffff).reset(head.stream(), 7);
                        frames.next(FrameClient.RESET);
                    } else {
                        FrameOrigin.answering(FrameOrigin::ok).serve(frames, number);
                    }
                });
                var gateway = FrameOrigin.gateway(origin, "\"retries\":1");
                var client = FrameClient.greeting(gateway.port())) {

            client.request(1, true, "POST", "/");

            assertThat(client.response(1)).endsWith("grpc-message: \n");
            assertThat(origin.connections).hasValue(2);
        }
    }

    @Test
    void streamsAboveTheLastOneAreAskedAgainAndOthersGoOn() throws Exception {
        try (var origin = FrameOrigin.origin((frames, number) -> {
                    if (number > 1) {
                        FrameOrigin.answering(FrameOrigin::ok).serve(frames, number);
                        return;
                    }
                    var first = frames.next(FrameClient.HEADERS);
                    frames.next(FrameClient.HEADERS);
                    frames.goAway(first.stream());
                    frames.headers(first.stream(), false, FrameOrigin.OK)
                            .data(first.stream(), false, "first")
                            .headers(first.stream(), true, "grpc-status", "0");
                    frames.next(FrameClient.GO_AWAY);
                });
                var gateway = FrameOrigin.gateway(origin, "\"retries\":1");
                var client = FrameClient.greeting(gateway.port())) {

            client.request(1, true, "POST", "/first");
            client.request(3, true, "POST", "/second");

            assertThat(List.of(client.responses(1, 3)))
                    .satisfiesExactly(
                            first -> assertThat(first).contains("[first]"),
                            second -> assertThat(second).contains("[abc]"));
            assertThat(origin.connections).hasValue(2);
        }
    }

    @Test
    void anOriginThatTakesOneStreamGetsFurtherConnections() throws Exception {
        var waiting = new CountDownLatch(3);
        try (var origin = FrameOrigin.origin(
                        FrameOrigin.answering((frames, stream) -> {
                            waiting.countDown();
                            hold(waiting);
                            FrameOrigin.ok(frames, stream);
                        }),
                        FrameOrigin.MAX_STREAMS,
                        1);
                var gateway = FrameOrigin.gateway(origin);
                var client = FrameClient.greeting(gateway.port())) {

            client.request(1, true, "POST", "/");
            client.request(3, true, "POST", "/");
            client.request(5, true, "POST", "/");

            assertThat(client.responses(1, 3, 5)).allMatch(one -> one.contains("[abc]"));
            assertThat(origin.connections).hasValue(3);
        }
    }

    private static void hold(CountDownLatch latch) {
        try {
            assertThat(latch.await(TestPatience.SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void requestsWaitWhereThereMayBeNoFurtherConnection() throws Exception {
        try (var origin = FrameOrigin.origin(FrameOrigin.answering(FrameOrigin::ok), FrameOrigin.MAX_STREAMS, 1);
                var gateway = FrameOrigin.gateway(new TestGateway().set("upstream.max-connections", "1"), origin);
                var client = FrameClient.greeting(gateway.port())) {

            for (int stream = 1; stream < 20; stream += 2) {
                client.request(stream, true, "POST", "/");
            }

            assertThat(client.responses(1, 3, 5, 7, 9, 11, 13, 15, 17, 19)).allMatch(one -> one.contains("[abc]"));
            assertThat(origin.connections).hasValue(1);
        }
    }

    @Test
    void moreThanMayWaitIsUnavailable() throws Exception {
        try (var origin = FrameOrigin.origin(
                        (frames, number) -> frames.next(FrameClient.GO_AWAY), FrameOrigin.MAX_STREAMS, 1);
                var gateway = FrameOrigin.gateway(
                        new TestGateway().set("upstream.max-connections", "1").set("upstream.max-pending", "1"),
                        origin);
                var client = FrameClient.greeting(gateway.port())) {

            client.request(1, true, "POST", "/");
            await().until(() -> origin.connections.get() == 1);
            client.request(3, true, "POST", "/");
            client.request(5, true, "POST", "/");

            assertThat(client.response(5)).startsWith(":status: 503\n");
        }
    }

    @Test
    void anOriginThatTakesNoStreamIsABadGateway() throws Exception {
        try (var origin = FrameOrigin.origin(FrameOrigin.answering(FrameOrigin::ok), FrameOrigin.MAX_STREAMS, 0);
                var gateway = FrameOrigin.gateway(origin);
                var client = FrameClient.greeting(gateway.port())) {

            client.request(1, true, "POST", "/");

            assertThat(client.response(1)).startsWith(":status: 502\n");
            assertThat(origin.connections).hasValue(1);
        }
    }

    @Test
    void anOriginOfHttp1IsABadGateway() throws Exception {
        try (var origin = new RawOrigin(connection -> {
                    connection.head();
                    connection.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
                });
                var gateway = FrameOrigin.gateway(origin);
                var client = FrameClient.greeting(gateway.port())) {

            client.request(1, true, "POST", "/");

            assertThat(client.response(1)).startsWith(":status: 502\n");
        }
    }

    @Test
    void nobodyThereIsABadGateway() throws Exception {
        try (var nobody = new HeldPort();
                var gateway = new TestGateway()
                        .route(TestGateway.upstream(nobody.number(), "\"scheme\":\"grpc\""))
                        .start();
                var client = FrameClient.greeting(gateway.port())) {

            client.request(1, true, "POST", "/");

            assertThat(client.response(1)).startsWith(":status: 502\n");
        }
    }

    @Test
    void anOriginThatNeverTellsItsSettingsIsATimeout() throws Exception {
        try (var origin = new RawOrigin(connection -> connection.until("never"));
                var gateway = FrameOrigin.gateway(origin, "\"timeout\":{\"connect\":0.3,\"send\":9,\"read\":9}");
                var client = FrameClient.greeting(gateway.port())) {

            client.request(1, true, "POST", "/");

            assertThat(client.response(1)).startsWith(":status: 504\n");
        }
    }

    @Test
    void aConnectionThatFallsSilentIsNotUsedAgain() throws Exception {
        try (var origin = FrameOrigin.origin((frames, number) -> {
                    if (number == 1) {
                        frames.next(FrameClient.GO_AWAY);
                    } else {
                        FrameOrigin.answering(FrameOrigin::ok).serve(frames, number);
                    }
                });
                var gateway = FrameOrigin.gateway(origin, "\"timeout\":{\"connect\":9,\"send\":9,\"read\":3}");
                var client = FrameClient.greeting(gateway.port())) {

            client.request(1, true, "POST", "/");
            assertThat(client.response(1)).startsWith(":status: 504\n");
            client.request(3, true, "POST", "/");

            assertThat(client.response(3)).contains("[abc]");
            assertThat(origin.connections).hasValue(2);
        }
    }

    @Test
    void eachConnectionCarriesSoManyRequestsAsTheUpstreamSays() throws Exception {
        try (var origin = FrameOrigin.origin(FrameOrigin.answering(FrameOrigin::ok));
                var gateway = FrameOrigin.gateway(
                        origin, "\"keepalive_pool\":{\"size\":5,\"idle_timeout\":60,\"requests\":2}");
                var client = FrameClient.greeting(gateway.port())) {

            for (int stream = 1; stream < 11; stream += 2) {
                client.request(stream, true, "POST", "/");
                assertThat(client.response(stream)).contains("[abc]");
            }

            assertThat(origin.connections).hasValue(3);
        }
    }

    @Test
    void anIdleConnectionIsClosed() throws Exception {
        var closed = new CountDownLatch(1);
        try (var origin = FrameOrigin.origin((frames, number) -> {
                    FrameOrigin.ok(frames, frames.next(FrameClient.HEADERS).stream());
                    frames.next(FrameClient.GO_AWAY);
                    closed.countDown();
                });
                var gateway = FrameOrigin.gateway(
                        origin, "\"keepalive_pool\":{\"size\":5,\"idle_timeout\":0.2,\"requests\":100}");
                var client = FrameClient.greeting(gateway.port())) {

            client.request(1, true, "POST", "/");
            assertThat(client.response(1)).contains("[abc]");

            await().until(() -> closed.getCount() == 0);
        }
    }
}
