package io.suimon.dataplane.proxy;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.suimon.engine.resource.ResourceKind;
import io.suimon.process.HeldPort;
import io.suimon.process.TestPatience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Calls of gRPC while something is slow, or goes away. */
class GrpcLoadTest {

    private static final int MESSAGE = 16 * 1024;

    /** For calls that carry 160 MB. */
    private static final Duration LONG_CALL = Duration.ofMinutes(3);

    private final List<AutoCloseable> open = new ArrayList<>();

    private <T extends AutoCloseable> T opened(T one) {
        open.addFirst(one);
        return one;
    }

    private ManagedChannel channel(TestGateway gateway) {
        var channel = NettyChannelBuilder.forAddress("127.0.0.1", gateway.port())
                .usePlaintext()
                .build();
        open.addFirst(() -> channel.shutdownNow().awaitTermination(TestPatience.SECONDS, TimeUnit.SECONDS));
        return channel;
    }

    @AfterEach
    void close() throws Exception {
        for (var one : open) {
            one.close();
        }
    }

    private static CallOptions options() {
        return CallOptions.DEFAULT.withDeadlineAfter(LONG_CALL);
    }

    /** Counts what comes, and asks for no more than it is told to. */
    private static final class Reader extends ClientCall.Listener<byte[]> {
        final AtomicInteger messages = new AtomicInteger();
        final List<Status> ends = new CopyOnWriteArrayList<>();

        @Override
        public void onMessage(byte[] message) {
            messages.incrementAndGet();
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            ends.add(status);
        }
    }

    private static ClientCall<byte[], byte[]> repeat(ManagedChannel channel, Reader reader, int count) {
        var call = channel.newCall(GrpcOrigin.REPEAT, options());
        call.start(reader, new Metadata());
        call.sendMessage(GrpcOrigin.numbers(count, MESSAGE));
        call.halfClose();
        call.request(1);
        return call;
    }

    @Test
    void aClientThatStopsReadingHoldsItsOriginBackAndNobodyElse() throws Exception {
        var origin = opened(new GrpcOrigin());
        var gateway = opened(new TestGateway()
                .set("http2.stall-timeout", "PT60S")
                .route(TestGateway.upstream(origin.port(), "\"scheme\":\"grpc\""))
                .start());
        var slow = channel(gateway);
        var other = channel(gateway);
        var reader = new Reader();

        var call = repeat(slow, reader, 10_000);
        await().during(Duration.ofSeconds(1)).until(() -> {
            int before = origin.sent.get();
            ClientCalls.blockingUnaryCall(other, GrpcOrigin.ECHO, options(), new byte[MESSAGE]);
            return origin.sent.get() == before;
        });
        int held = origin.sent.get();
        call.request(10_000);

        // What waits is bounded by windows and buffers of four hops, not by the 160 MB that are to come.
        assertThat(held).isLessThan(200);
        await().atMost(LONG_CALL).until(() -> !reader.ends.isEmpty());
        assertThat(reader.ends.getFirst().isOk()).isTrue();
        assertThat(reader.messages).hasValue(10_000);
    }

    @Test
    void anOriginThatStopsReadingHoldsItsClientBackAndNobodyElse() throws Exception {
        var origin = opened(new GrpcOrigin());
        var gateway = opened(new TestGateway()
                .route(TestGateway.upstream(origin.port(), "\"scheme\":\"grpc\""))
                .start());
        var channel = channel(gateway);
        var sent = new AtomicInteger();
        var call = channel.newCall(GrpcOrigin.DEAF, options());
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onReady() {
                        while (call.isReady() && sent.get() < 10_000) {
                            call.sendMessage(new byte[MESSAGE]);
                            sent.incrementAndGet();
                        }
                    }
                },
                new Metadata());

        await().until(() -> !call.isReady());
        await().during(Duration.ofSeconds(1)).until(() -> {
            int before = sent.get();
            ClientCalls.blockingUnaryCall(channel(gateway), GrpcOrigin.ECHO, options(), new byte[MESSAGE]);
            return sent.get() == before;
        });

        assertThat(sent.get()).isBetween(1, 200);
        call.cancel("enough", null);
        await().untilAsserted(() -> assertThat(origin.running).hasValue(0));
    }

    @Test
    void serversMayBeRestartedInTurnWithoutAFailedCall() throws Exception {
        var port = opened(new HeldPort());
        var first = new GrpcOrigin(port.number(), server -> server);
        var second = opened(new GrpcOrigin());
        var gateway = opened(new TestGateway()
                .route("\"upstream\":{\"scheme\":\"grpc\",\"nodes\":{\"127.0.0.1:" + port.number() + "\":1,\"127.0.0.1:"
                        + second.port() + "\":1}}")
                .start());
        var channel = channel(gateway);
        var stop = new AtomicBoolean();
        var done = new AtomicInteger();
        var failures = new CopyOnWriteArrayList<String>();
        var callers = new ArrayList<Thread>();
        for (int i = 0; i < 8; i++) {
            callers.add(Thread.ofVirtual().start(() -> {
                while (!stop.get()) {
                    try {
                        ClientCalls.blockingUnaryCall(channel, GrpcOrigin.ECHO, options(), new byte[100]);
                        done.incrementAndGet();
                    } catch (RuntimeException e) {
                        failures.add(e.getMessage());
                    }
                }
            }));
        }

        await().until(() -> done.get() > 200);
        for (int round = 0; round < 3; round++) {
            int before = done.get();
            first.server.shutdown().awaitTermination(TestPatience.SECONDS, TimeUnit.SECONDS);
            first = new GrpcOrigin(port.number(), server -> server);
            await().until(() -> done.get() > before + 200);
        }
        open.add(first);
        stop.set(true);
        for (var caller : callers) {
            caller.join();
        }

        assertThat(failures).isEmpty();
        assertThat(first.heads).isNotEmpty();
        assertThat(second.heads).isNotEmpty();
    }

    @Test
    void aClientsConnectionMayBeReplacedWithoutAFailedCall() throws Exception {
        var origin = opened(new GrpcOrigin());
        var gateway = opened(new TestGateway()
                .set("max-requests-per-connection", "50")
                .route(TestGateway.upstream(
                        origin.port(),
                        "\"scheme\":\"grpc\"",
                        "\"keepalive_pool\":{\"size\":9,\"idle_timeout\":60,\"requests\":70}"))
                .start());
        var channel = channel(gateway);
        var failures = new CopyOnWriteArrayList<String>();
        var callers = new ArrayList<Thread>();
        for (int i = 0; i < 8; i++) {
            callers.add(Thread.ofVirtual().start(() -> {
                for (int call = 0; call < 250; call++) {
                    try {
                        ClientCalls.blockingUnaryCall(channel, GrpcOrigin.ECHO, options(), new byte[100]);
                    } catch (RuntimeException e) {
                        failures.add(e.getMessage());
                    }
                }
            }));
        }
        for (var caller : callers) {
            caller.join();
        }

        assertThat(failures).isEmpty();
        assertThat(origin.heads).hasSize(2000);
        assertThat(gateway.listener().counts().accepted()).isGreaterThan(30);
    }

    @Test
    void aServerThatIsKilledFailsItsCallsAndIsFoundAgain() throws Exception {
        var port = opened(new HeldPort());
        var origin = new GrpcOrigin(port.number(), server -> server);
        var gateway = opened(new TestGateway()
                .route(TestGateway.upstream(port.number(), "\"scheme\":\"grpc\""))
                .start());
        var channel = channel(gateway);
        var reader = new Reader();
        var call = repeat(channel, reader, 10_000);
        await().until(() -> reader.messages.get() == 1);

        origin.close();
        call.request(10_000);

        await().until(() -> !reader.ends.isEmpty());
        assertThat(reader.ends.getFirst().isOk()).isFalse();
        opened(new GrpcOrigin(port.number(), server -> server));
        assertThat(ClientCalls.blockingUnaryCall(channel, GrpcOrigin.ECHO, options(), new byte[3]))
                .hasSize(3);
    }

    @Test
    void callsStandBesideRequestsOfHttp1OnOnePort() throws Exception {
        var origin = opened(new GrpcOrigin());
        var plain = opened(RawOrigin.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"));
        var gateway = opened(new TestGateway()
                .resource(
                        ResourceKind.ROUTE,
                        "grpc",
                        "{\"uri\":\"/test.Bytes/*\"," + TestGateway.upstream(origin.port(), "\"scheme\":\"grpc\"")
                                + "}")
                .route(TestGateway.upstream(plain.port()))
                .start());
        var channel = channel(gateway);

        for (int i = 0; i < 20; i++) {
            assertThat(ClientCalls.blockingUnaryCall(channel, GrpcOrigin.ECHO, options(), new byte[i]))
                    .hasSize(i);
            assertThat(gateway.exchange("GET /a HTTP/1.1\r\nHost: a.b\r\nConnection: close\r\n\r\n"))
                    .endsWith("hi");
        }
    }

    @Test
    void aCallMayBeSilentForLongerThanABodyMayTake() throws Exception {
        var origin = opened(new GrpcOrigin());
        var gateway = opened(new TestGateway()
                .set("timeout.body", "PT0.2S")
                .set("timeout.body-rate", "PT0.2S")
                .set("min-body-rate", "100000")
                .route(TestGateway.upstream(origin.port(), "\"scheme\":\"grpc\""))
                .start());
        var reader = new Reader();
        var call = channel(gateway).newCall(GrpcOrigin.CHAT, options());
        call.start(reader, new Metadata());
        call.request(10);
        call.sendMessage(new byte[1]);
        await().until(() -> reader.messages.get() == 1);

        await().during(Duration.ofSeconds(1)).until(() -> reader.ends.isEmpty());
        call.sendMessage(new byte[1]);
        await().until(() -> reader.messages.get() == 2);
        call.halfClose();

        await().until(() -> !reader.ends.isEmpty());
        assertThat(reader.ends.getFirst().isOk()).isTrue();
    }

    @Test
    void aCallOnWhichNothingPassesIsEnded() throws Exception {
        var origin = opened(new GrpcOrigin());
        var gateway = opened(new TestGateway()
                .route(TestGateway.upstream(
                        origin.port(), "\"scheme\":\"grpc\"", "\"timeout\":{\"connect\":9,\"send\":9,\"read\":3}"))
                .start());
        var reader = new Reader();
        var call = channel(gateway).newCall(GrpcOrigin.CHAT, options());
        call.start(reader, new Metadata());
        call.request(10);
        call.sendMessage(new byte[1]);

        await().until(() -> !reader.ends.isEmpty());
        assertThat(reader.messages).hasValue(1);
        assertThat(reader.ends.getFirst().isOk()).isFalse();
        await().untilAsserted(() -> assertThat(origin.running).hasValue(0));
    }
}
