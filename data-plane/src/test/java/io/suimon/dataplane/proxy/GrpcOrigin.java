package io.suimon.dataplane.proxy;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.suimon.process.TestPatience;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A server of gRPC whose messages are bytes, with one method for each way to answer. */
final class GrpcOrigin implements AutoCloseable {

    static final Metadata.Key<String> TEXT = Metadata.Key.of("x-text", Metadata.ASCII_STRING_MARSHALLER);
    static final Metadata.Key<byte[]> BINARY = Metadata.Key.of("x-data-bin", Metadata.BINARY_BYTE_MARSHALLER);

    /** Answers a message with itself. */
    static final MethodDescriptor<byte[], byte[]> ECHO = method("Echo", MethodType.UNARY);

    /** Answers with the length of all messages together. */
    static final MethodDescriptor<byte[], byte[]> SUM = method("Sum", MethodType.CLIENT_STREAMING);

    /** Answers a message of two numbers with so many messages of that size. */
    static final MethodDescriptor<byte[], byte[]> REPEAT = method("Repeat", MethodType.SERVER_STREAMING);

    /** Answers each message with itself, at once. */
    static final MethodDescriptor<byte[], byte[]> CHAT = method("Chat", MethodType.BIDI_STREAMING);

    /** Fails at once, before any head. */
    static final MethodDescriptor<byte[], byte[]> REFUSE = method("Refuse", MethodType.UNARY);

    /** Sends one message, then fails. */
    static final MethodDescriptor<byte[], byte[]> FAIL = method("Fail", MethodType.SERVER_STREAMING);

    /** Never answers. */
    static final MethodDescriptor<byte[], byte[]> HANG = method("Hang", MethodType.UNARY);

    /** Takes no message. */
    static final MethodDescriptor<byte[], byte[]> DEAF = method("Deaf", MethodType.CLIENT_STREAMING);

    final List<Metadata> heads = new CopyOnWriteArrayList<>();
    final List<String> authorities = new CopyOnWriteArrayList<>();
    final AtomicInteger running = new AtomicInteger();
    final AtomicInteger cancelled = new AtomicInteger();
    final AtomicInteger sent = new AtomicInteger();
    final Server server;

    GrpcOrigin() throws IOException {
        this(0, builder -> builder);
    }

    GrpcOrigin(int port, UnaryOperator<NettyServerBuilder> settings) throws IOException {
        var service = ServerServiceDefinition.builder("test.Bytes")
                .addMethod(ECHO, ServerCalls.asyncUnaryCall(GrpcOrigin::echo))
                .addMethod(SUM, ServerCalls.asyncClientStreamingCall(GrpcOrigin::sum))
                .addMethod(REPEAT, ServerCalls.asyncServerStreamingCall(this::repeat))
                .addMethod(CHAT, ServerCalls.asyncBidiStreamingCall(GrpcOrigin::chat))
                .addMethod(
                        REFUSE,
                        ServerCalls.asyncUnaryCall((message, answer) -> answer.onError(
                                Status.INVALID_ARGUMENT.withDescription("no, ü").asException())))
                .addMethod(FAIL, ServerCalls.asyncServerStreamingCall((message, answer) -> {
                    answer.onNext(message);
                    answer.onError(Status.DATA_LOSS.withDescription("lost").asException());
                }))
                .addMethod(HANG, ServerCalls.asyncUnaryCall((message, answer) -> {}))
                .addMethod(DEAF, ServerCalls.asyncClientStreamingCall(answer -> {
                    ((ServerCallStreamObserver<byte[]>) answer).disableAutoRequest();
                    return new Ignoring();
                }))
                .build();
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        server = settings.apply(NettyServerBuilder.forAddress(address).maxInboundMessageSize(16 << 20))
                .addService(ServerInterceptors.intercept(service, new Recorder()))
                .build()
                .start();
    }

    int port() {
        return server.getPort();
    }

    static MethodDescriptor<byte[], byte[]> method(String name, MethodType type) {
        return MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(type)
                .setFullMethodName("test.Bytes/" + name)
                .setRequestMarshaller(new Bytes())
                .setResponseMarshaller(new Bytes())
                .build();
    }

    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Notes what calls say of themselves, and sends their own fields back, in front of messages and behind them. */
    private final class Recorder implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata head, ServerCallHandler<Q, A> next) {
            heads.add(head);
            authorities.add(call.getAuthority());
            running.incrementAndGet();
            Context.current()
                    .addListener(
                            ended -> {
                                running.decrementAndGet();
                                if (ended.cancellationCause() != null) {
                                    cancelled.incrementAndGet();
                                }
                            },
                            Runnable::run);
            var echoing = new io.grpc.ForwardingServerCall.SimpleForwardingServerCall<Q, A>(call) {
                @Override
                public void sendHeaders(Metadata headers) {
                    copy(head, headers);
                    super.sendHeaders(headers);
                }

                @Override
                public void close(Status status, Metadata trailers) {
                    copy(head, trailers);
                    super.close(status, trailers);
                }
            };
            return Contexts.interceptCall(Context.current(), echoing, head, next);
        }

        private void copy(Metadata from, Metadata to) {
            if (from.containsKey(TEXT)) {
                to.put(TEXT, from.get(TEXT));
            }
            if (from.containsKey(BINARY)) {
                to.put(BINARY, from.get(BINARY));
            }
        }
    }

    private static void echo(byte[] message, StreamObserver<byte[]> answer) {
        answer.onNext(message);
        answer.onCompleted();
    }

    private static StreamObserver<byte[]> sum(StreamObserver<byte[]> answer) {
        return new Ignoring() {
            private int sum;

            @Override
            public void onNext(byte[] message) {
                sum += message.length;
            }

            @Override
            public void onCompleted() {
                answer.onNext(numbers(sum));
                answer.onCompleted();
            }
        };
    }

    private static StreamObserver<byte[]> chat(StreamObserver<byte[]> answer) {
        return new Ignoring() {
            @Override
            public void onNext(byte[] message) {
                answer.onNext(message);
            }

            @Override
            public void onCompleted() {
                answer.onCompleted();
            }
        };
    }

    private static class Ignoring implements StreamObserver<byte[]> {
        @Override
        public void onNext(byte[] message) {}

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onCompleted() {}
    }

    private void repeat(byte[] message, StreamObserver<byte[]> to) {
        var answer = (ServerCallStreamObserver<byte[]>) to;
        var wanted = ByteBuffer.wrap(message);
        int count = wanted.getInt();
        byte[] part = new byte[wanted.getInt()];
        var left = new AtomicInteger(count);
        Runnable send = () -> {
            while (answer.isReady() && left.get() > 0) {
                answer.onNext(part);
                sent.incrementAndGet();
                if (left.decrementAndGet() == 0) {
                    answer.onCompleted();
                }
            }
        };
        answer.setOnReadyHandler(send);
        send.run();
    }

    static byte[] numbers(int... numbers) {
        var bytes = ByteBuffer.allocate(4 * numbers.length);
        for (int number : numbers) {
            bytes.putInt(number);
        }
        return bytes.array();
    }

    @Override
    public void close() {
        try {
            server.shutdownNow().awaitTermination(TestPatience.SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
