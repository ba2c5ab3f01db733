package io.suimon.dataplane.proxy;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.suimon.process.TestPatience;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Calls of gRPC through the gateway, between a client and a server that know nothing of it. */
class GrpcTest {

    private GrpcOrigin origin;
    private TestGateway gateway;
    private ManagedChannel channel;

    @BeforeEach
    void prepare() throws Exception {
        origin = new GrpcOrigin();
        gateway = new TestGateway()
                .route(TestGateway.upstream(origin.port(), "\"scheme\":\"grpc\""))
                .start();
        channel = channel(gateway.port());
    }

    private static ManagedChannel channel(int port) {
        return NettyChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .maxInboundMessageSize(16 << 20)
                .build();
    }

    @AfterEach
    void close() throws Exception {
        channel.shutdownNow().awaitTermination(TestPatience.SECONDS, TimeUnit.SECONDS);
        gateway.close();
        origin.close();
    }

    private static CallOptions options() {
        return CallOptions.DEFAULT.withDeadlineAfter(TestPatience.LONG);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private byte[] echo(byte[] message) {
        return ClientCalls.blockingUnaryCall(channel, GrpcOrigin.ECHO, options(), message);
    }

    /** What comes back, in its order; the end is an empty message, a failure its status. */
    private static final class Answers implements StreamObserver<byte[]> {
        final BlockingQueue<Object> came = new LinkedBlockingQueue<>();

        @Override
        public void onNext(byte[] message) {
            came.add(new String(message, StandardCharsets.UTF_8));
        }

        @Override
        public void onError(Throwable failure) {
            came.add(Status.fromThrowable(failure).getCode());
        }

        @Override
        public void onCompleted() {
            came.add("end");
        }

        Object next() throws InterruptedException {
            return String.valueOf(came.poll(TestPatience.SECONDS, TimeUnit.SECONDS));
        }
    }

    @Test
    void aCallOfOneMessageIsAnswered() {
        assertThat(echo(bytes("hello"))).isEqualTo(bytes("hello"));
        assertThat(gateway.finished).containsExactly("POST /test.Bytes/Echo 200");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16_384, 65_535, 4 << 20})
    void messagesOfAnySizePassWhole(int size) {
        byte[] message = new byte[size];
        new java.util.Random(size).nextBytes(message);

        assertThat(echo(message)).isEqualTo(message);
    }

    @Test
    void manyMessagesOfAClientAreOneCall() throws Exception {
        var answers = new Answers();
        var call = ClientCalls.asyncClientStreamingCall(channel.newCall(GrpcOrigin.SUM, options()), answers);

        for (int i = 0; i < 100; i++) {
            call.onNext(new byte[1000]);
        }
        call.onCompleted();

        assertThat(answers.next()).isEqualTo(new String(GrpcOrigin.numbers(100_000), StandardCharsets.UTF_8));
        assertThat(answers.next()).isEqualTo("end");
    }

    @Test
    void manyMessagesOfAServerAreOneCall() {
        var answers = ClientCalls.blockingServerStreamingCall(
                channel, GrpcOrigin.REPEAT, options(), GrpcOrigin.numbers(500, 10_000));

        assertThat(count(answers)).isEqualTo(500);
    }

    private static int count(Iterator<byte[]> answers) {
        int count = 0;
        while (answers.hasNext()) {
            answers.next();
            count++;
        }
        return count;
    }

    @Test
    void bothSidesMayTakeTurns() throws Exception {
        var answers = new Answers();
        var call = ClientCalls.asyncBidiStreamingCall(channel.newCall(GrpcOrigin.CHAT, options()), answers);

        for (int i = 0; i < 10; i++) {
            call.onNext(bytes("m" + i));
            assertThat(answers.next()).isEqualTo("m" + i);
        }
        call.onCompleted();

        assertThat(answers.next()).isEqualTo("end");
        await().untilAsserted(() -> assertThat(gateway.finished).containsExactly("POST /test.Bytes/Chat 200"));
    }

    @Test
    void aStatusWithoutAMessageReachesTheClient() {
        assertThatThrownBy(() -> ClientCalls.blockingUnaryCall(channel, GrpcOrigin.REFUSE, options(), new byte[0]))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessage("INVALID_ARGUMENT: no, ü");
    }

    @Test
    void aStatusBehindAMessageReachesTheClient() {
        var answers = ClientCalls.blockingServerStreamingCall(channel, GrpcOrigin.FAIL, options(), bytes("one"));

        assertThat(answers.next()).isEqualTo(bytes("one"));
        assertThatThrownBy(answers::hasNext).hasMessage("DATA_LOSS: lost");
    }

    @Test
    void fieldsPassInBothDirections() {
        var sent = new Metadata();
        sent.put(GrpcOrigin.TEXT, "some text");
        sent.put(GrpcOrigin.BINARY, new byte[] {0, 1, -1, 13, 10});
        var head = new AtomicReference<Metadata>();
        var trailers = new AtomicReference<Metadata>();
        var through = io.grpc.ClientInterceptors.intercept(
                channel,
                MetadataUtils.newAttachHeadersInterceptor(sent),
                MetadataUtils.newCaptureMetadataInterceptor(head, trailers));

        ClientCalls.blockingUnaryCall(through, GrpcOrigin.ECHO, options(), new byte[0]);

        for (var fields : List.of(origin.heads.getFirst(), head.get(), trailers.get())) {
            assertThat(fields.get(GrpcOrigin.TEXT)).isEqualTo("some text");
            assertThat(fields.get(GrpcOrigin.BINARY)).containsExactly(0, 1, -1, 13, 10);
        }
    }

    @Test
    void theServerIsToldWhatGrpcNeeds() {
        echo(new byte[0]);

        var head = origin.heads.getFirst();
        assertThat(ascii(head, "te")).isNull(); // grpc-java takes it out once it has seen it
        assertThat(ascii(head, "content-type")).isEqualTo("application/grpc");
        assertThat(ascii(head, "grpc-timeout")).matches("\\d+[num]");
        assertThat(ascii(head, "x-real-ip")).isEqualTo("127.0.0.1");
        assertThat(origin.authorities).containsExactly("127.0.0.1:" + gateway.port());
    }

    private static @Nullable String ascii(Metadata head, String name) {
        return head.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
    }

    @Test
    void aDeadlineEndsTheCallAtBothEnds() {
        var soon = CallOptions.DEFAULT.withDeadlineAfter(300, TimeUnit.MILLISECONDS);

        assertThatThrownBy(() -> ClientCalls.blockingUnaryCall(channel, GrpcOrigin.HANG, soon, new byte[0]))
                .hasMessageStartingWith("DEADLINE_EXCEEDED");
        await().untilAsserted(() -> assertThat(origin.running).hasValue(0));
    }

    @Test
    void aClientThatCancelsEndsTheCallOfTheServer() throws Exception {
        var answers = new Answers();
        var call = channel.newCall(GrpcOrigin.CHAT, options());
        var requests = ClientCalls.asyncBidiStreamingCall(call, answers);
        requests.onNext(bytes("one"));
        assertThat(answers.next()).isEqualTo("one");

        call.cancel("enough", null);

        await().untilAsserted(() -> assertThat(origin.cancelled).hasValue(1));
        await().untilAsserted(() -> assertThat(gateway.finished).containsExactly("POST /test.Bytes/Chat 200"));
        assertThat(echo(bytes("more"))).isEqualTo(bytes("more"));
    }

    @Test
    void aClientThatLeavesEndsTheCallOfTheServer() throws Exception {
        ClientCalls.asyncUnaryCall(channel.newCall(GrpcOrigin.HANG, options()), new byte[0], new Answers());
        await().untilAsserted(() -> assertThat(origin.running).hasValue(1));

        channel.shutdownNow();

        await().untilAsserted(() -> assertThat(origin.running).hasValue(0));
        await().untilAsserted(() -> assertThat(gateway.finished).containsExactly("POST /test.Bytes/Hang 499"));
    }

    @Test
    void aThousandCallsShareAConnectionOfTheClient() throws Exception {
        var answers = new ArrayList<Answers>();
        for (int i = 0; i < 1000; i++) {
            var answer = new Answers();
            answers.add(answer);
            ClientCalls.asyncUnaryCall(channel.newCall(GrpcOrigin.ECHO, options()), bytes("m" + i), answer);
        }

        for (int i = 0; i < 1000; i++) {
            assertThat(answers.get(i).next()).isEqualTo("m" + i);
            assertThat(answers.get(i).next()).isEqualTo("end");
        }
    }
}
