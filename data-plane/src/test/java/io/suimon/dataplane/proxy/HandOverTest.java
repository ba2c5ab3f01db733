package io.suimon.dataplane.proxy;

import io.suimon.process.TestPatience;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What becomes of connections when their upstream changes. */
class HandOverTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
    private static final String READS_BODY =
            "\"plugins\":{\"limit-count\":{\"count\":100,\"time_window\":60,\"key_type\":\"var_combination\","
                    + "\"key\":\"$post_arg_x\"}},";
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    /** A node that answers everything, and knows which of its connections ended. */
    private static final class Node implements AutoCloseable {
        private final List<Integer> ended = new CopyOnWriteArrayList<>();
        private final CountDownLatch slow = new CountDownLatch(1);
        private final RawOrigin origin = new RawOrigin(this::serve);

        Node() throws IOException {}

        private void serve(RawOrigin.Connection connection) throws IOException {
            for (var head = connection.head(); !head.isEmpty(); head = connection.head()) {
                if (head.startsWith("GET /slow")) {
                    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nslow");
                    hold(slow);
                    connection.send("down");
                } else {
                    connection.send(OK);
                }
            }
            ended.add(connection.number);
        }

        int open() {
            return origin.connections.get() - ended.size();
        }

        @Override
        public void close() throws IOException {
            slow.countDown();
            origin.close();
        }
    }

    private static void hold(CountDownLatch latch) {
        try {
            assertThat(latch.await(TestPatience.SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String upstream(String more, Node... nodes) {
        return "\"upstream\":{\"type\":\"roundrobin\"" + more + ",\"nodes\":{"
                + Arrays.stream(nodes)
                        .map(node -> "\"127.0.0.1:" + node.origin.port() + "\":1")
                        .collect(Collectors.joining(","))
                + "}}";
    }

    private static void get(TestGateway gateway, int times) throws IOException {
        try (var client = gateway.client()) {
            for (int i = 0; i < times; i++) {
                assertThat(client.send(GET).response()).startsWith("HTTP/1.1 200 OK\r\n");
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"roundrobin", "least_conn", "ewma", "chash"})
    void aNodeThatStaysKeepsItsConnections(String type) throws Exception {
        try (var stays = new Node();
                var comes = new Node();
                var gateway = new TestGateway().route(upstream("", stays)).start()) {
            get(gateway, 1);

            for (int change = 1; change <= 5; change++) {
                var more = ",\"type\":\"" + type + "\",\"key\":\"remote_port\",\"retries\":" + change;
                gateway.reload(upstream(more, stays, comes));
                get(gateway, 10);
                gateway.reload(upstream(more, stays));
                get(gateway, 1);
            }

            assertThat(stays.origin.connections).hasValue(1);
            assertThat(stays.open()).isOne();
            await().until(() -> comes.open() == 0);
        }
    }

    @Test
    void aNodeThatIsGoneFinishesWhatItBeganAndGetsNothingMore() throws Exception {
        try (var goes = new Node();
                var stays = new Node();
                var gateway = new TestGateway().route(upstream("", goes)).start();
                var client = gateway.client()) {
            get(gateway, 1);
            client.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n").until("slow");
            try (var other = gateway.client()) {
                other.send(GET).response(); // a second connection, which is idle now
            }
            assertThat(goes.open()).isEqualTo(2);
            int asked = goes.origin.heads.size();

            gateway.reload(upstream("", stays));
            get(gateway, 20);

            await().until(() -> goes.open() == 1);
            goes.slow.countDown();
            assertThat(client.read(4)).isEqualTo("down");
            await().until(() -> goes.open() == 0);
            assertThat(goes.origin.heads).hasSize(asked);
            assertThat(client.send(GET).response()).startsWith("HTTP/1.1 200 OK\r\n");
        }
    }

    @Test
    void whoWaitsForAConnectionOfANodeThatStaysGetsIt() throws Exception {
        try (var node = new Node();
                var gateway = new TestGateway()
                        .set("upstream.max-connections", "1")
                        .route(upstream("", node))
                        .start();
                var first = gateway.client();
                var second = gateway.client();
                var third = gateway.client()) {
            first.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n").until("slow");
            second.send(GET);
            await().until(() -> gateway.listener().counts().running() == 2);

            gateway.reload(upstream(",\"retries\":1", node));
            third.send(GET);
            await().until(() -> gateway.listener().counts().running() == 3);
            node.slow.countDown();

            assertThat(second.response()).endsWith("hi");
            assertThat(third.response()).endsWith("hi");
            assertThat(node.origin.connections).hasValue(1);
        }
    }

    @Test
    void whoWaitsForAConnectionOfANodeThatIsGoneGetsItOrATimeout() throws Exception {
        try (var goes = new Node();
                var stays = new Node();
                var gateway = new TestGateway()
                        .set("upstream.max-connections", "1")
                        .route(upstream(",\"timeout\":{\"connect\":3,\"send\":9,\"read\":9}", goes))
                        .start();
                var first = gateway.client();
                var second = gateway.client()) {
            first.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n").until("slow");
            second.send(GET);
            await().until(() -> gateway.listener().counts().running() == 2);

            gateway.reload(upstream("", stays));
            get(gateway, 1);

            assertThat(second.response()).startsWith("HTTP/1.1 504 ");
        }
    }

    @Test
    void aRequestThatBeganBeforeTheChangeDoesNotUndoIt() throws Exception {
        try (var goes = new Node();
                var stays = new Node();
                var gateway =
                        new TestGateway().route(READS_BODY + upstream("", goes)).start();
                var late = gateway.client()) {
            get(gateway, 1);
            late.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                    + "Content-Length: 2\r\n\r\nx");
            await().until(() -> gateway.listener().counts().running() == 1);
            gateway.reload(upstream("", stays));
            get(gateway, 1);

            late.send("y");

            assertThat(late.response()).startsWith("HTTP/1.1 200 OK\r\n");
            assertThat(goes.origin.heads).hasSize(2);
            await().until(() -> goes.open() == 0);
            get(gateway, 5);
            assertThat(stays.origin.connections).hasValue(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"keepalive_pool\":{\"size\":5,\"idle_timeout\":60,\"requests\":9}"})
    void whatConnectionsDependOnMakesThemAnew(String more) throws Exception {
        try (var node = new Node();
                var gateway = new TestGateway().route(upstream("", node)).start()) {
            get(gateway, 1);

            gateway.reload(upstream("," + more, node));
            get(gateway, 1);

            await().until(() -> node.ended.equals(List.of(1)));
            assertThat(node.origin.connections).hasValue(2);
        }
    }

    @Test
    void streamsOfHttp2GoOnAndTheirConnectionIsUsedFurther() throws Exception {
        var begun = new CountDownLatch(1);
        var first = new AtomicInteger();
        try (var origin = FrameOrigin.origin(FrameOrigin.answering((frames, stream) -> {
                    if (begun.getCount() == 1) {
                        begun.countDown();
                        first.set(stream);
                        frames.headers(stream, false, ":status", "200", "content-type", "application/grpc");
                    } else {
                        FrameOrigin.ok(frames, stream);
                        frames.data(first.get(), false, "late").headers(first.get(), true, "grpc-status", "0");
                    }
                }));
                var gateway = FrameOrigin.gateway(origin);
                var client = FrameClient.greeting(gateway.port())) {
            client.request(1, true, "POST", "/");
            await().until(() -> begun.getCount() == 0);

            gateway.reload(TestGateway.upstream(origin.port(), "\"scheme\":\"grpc\"", "\"retries\":1"));
            client.request(3, true, "POST", "/");

            assertThat(client.responses(1, 3))
                    .satisfiesExactlyInAnyOrder(
                            one -> assertThat(one).contains("[late]"),
                            one -> assertThat(one).contains("[abc]"));
            assertThat(origin.connections).hasValue(1);
        }
    }

    @Test
    void aConnectionOfHttp2ToANodeThatIsGoneIsClosedBehindItsLastStream() throws Exception {
        var answer = new CountDownLatch(1);
        var ended = new CompletableFuture<Void>();
        try (var origin = FrameOrigin.origin((frames, number) -> {
                    try {
                        FrameOrigin.answering((same, stream) -> {
                                    hold(answer);
                                    FrameOrigin.ok(same, stream);
                                })
                                .serve(frames, number);
                    } finally {
                        ended.complete(null);
                    }
                });
                var other = FrameOrigin.origin(FrameOrigin.answering(FrameOrigin::ok));
                var gateway = FrameOrigin.gateway(origin);
                var client = FrameClient.greeting(gateway.port())) {
            client.request(1, true, "POST", "/");
            await().until(() -> origin.connections.get() == 1);

            gateway.reload(TestGateway.upstream(other.port(), "\"scheme\":\"grpc\""));
            client.request(3, true, "POST", "/");
            assertThat(client.response(3)).contains("[abc]");
            answer.countDown();

            assertThat(client.response(1)).contains("[abc]");
            assertThat(ended).succeedsWithin(TestPatience.LONG);
            assertThat(other.connections).hasValue(1);
        }
    }
}
