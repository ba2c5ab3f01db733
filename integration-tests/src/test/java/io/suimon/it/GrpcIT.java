package io.suimon.it;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.suimon.harness.ControlPlaneSite;
import io.suimon.harness.Gateway;
import io.suimon.process.TestPatience;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Calls of gRPC through a node, by a route written over the Admin API. */
class GrpcIT {

    private static final List<String> UNPINNED = List.of();
    private static final MethodDescriptor<byte[], byte[]> ECHO = method("Echo", MethodType.UNARY);
    private static final MethodDescriptor<byte[], byte[]> CHAT = method("Chat", MethodType.BIDI_STREAMING);

    @TempDir
    Path folder;

    private Gateway gateway;

    @BeforeEach
    void prepare() {
        gateway = new Gateway(Checkout.ROOT, folder);
    }

    private static MethodDescriptor<byte[], byte[]> method(String name, MethodType type) {
        var bytes = new MethodDescriptor.Marshaller<byte[]>() {
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
        };
        return MethodDescriptor.<byte[], byte[]>newBuilder(bytes, bytes)
                .setType(type)
                .setFullMethodName("shop.Orders/" + name)
                .build();
    }

    private static Server server() throws IOException {
        var service = ServerServiceDefinition.builder("shop.Orders")
                .addMethod(ECHO, ServerCalls.asyncUnaryCall((message, answer) -> {
                    answer.onNext(message);
                    answer.onCompleted();
                }))
                .addMethod(CHAT, ServerCalls.asyncBidiStreamingCall(GrpcIT::passOn))
                .build();
        return NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(service)
                .build()
                .start();
    }

    private static StreamObserver<byte[]> passOn(StreamObserver<byte[]> to) {
        return new StreamObserver<>() {
            @Override
            public void onNext(byte[] message) {
                to.onNext(message);
            }

            @Override
            public void onError(Throwable failure) {
                // Nobody is left to be told.
            }

            @Override
            public void onCompleted() {
                to.onCompleted();
            }
        };
    }

    private static CallOptions soon() {
        return CallOptions.DEFAULT.withDeadlineAfter(TestPatience.LONG);
    }

    private static byte[] echo(ManagedChannel channel, String text) {
        return ClientCalls.blockingUnaryCall(channel, ECHO, soon(), text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aRouteWrittenOverTheAdminApiCarriesCalls() throws Exception {
        var server = server();
        try (var controlPlane = gateway.startControlPlane(UNPINNED, Map.of()).awaitReady();
                var dataPlane = gateway.startDataPlane(UNPINNED, Map.of()).awaitReady()) {
            var channel = NettyChannelBuilder.forAddress("127.0.0.1", gateway.trafficPort())
                    .usePlaintext()
                    .build();
            var written = gateway.admin(
                    "PUT",
                    "/apisix/admin/routes/grpc?wait=applied",
                    "{\"uri\":\"/shop.Orders/*\",\"upstream\":{\"scheme\":\"grpc\",\"nodes\":{\"127.0.0.1:"
                            + server.getPort() + "\":1}}}");
            BlockingQueue<String> answers = new LinkedBlockingQueue<>();
            var chat = ClientCalls.asyncBidiStreamingCall(channel.newCall(CHAT, soon()), collect(answers));

            chat.onNext("one".getBytes(StandardCharsets.UTF_8));
            assertThat(answers.poll(TestPatience.SECONDS, TimeUnit.SECONDS)).isEqualTo("one");
            gateway.admin("DELETE", "/apisix/admin/routes/grpc?wait=applied", "");
            chat.onNext("two".getBytes(StandardCharsets.UTF_8));
            chat.onCompleted();

            assertThat(written.statusCode()).as(written.body()).isEqualTo(201);
            assertThat(answers.poll(TestPatience.SECONDS, TimeUnit.SECONDS)).isEqualTo("two");
            assertThat(answers.poll(TestPatience.SECONDS, TimeUnit.SECONDS)).isEqualTo("end");
            await().untilAsserted(
                            () -> assertThat(failureOf(channel)).contains("UNIMPLEMENTED", "HTTP status code 404"));
            channel.shutdownNow();
            assertThat(controlPlane.log() + dataPlane.log()).doesNotContain("Exception");
        } finally {
            server.shutdownNow();
        }
    }

    private static String failureOf(ManagedChannel channel) {
        try {
            return "answered " + echo(channel, "?").length;
        } catch (RuntimeException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static StreamObserver<byte[]> collect(BlockingQueue<String> answers) {
        return new StreamObserver<>() {
            @Override
            public void onNext(byte[] message) {
                answers.add(new String(message, StandardCharsets.UTF_8));
            }

            @Override
            public void onError(Throwable failure) {
                answers.add(String.valueOf(failure.getMessage()));
            }

            @Override
            public void onCompleted() {
                answers.add("end");
            }
        };
    }

    @Test
    void theGuideIsTrueWhenPasted() throws Exception {
        try (var controlPlane = gateway.startControlPlane(UNPINNED, Map.of()).awaitReady();
                var dataPlane = gateway.startDataPlane(UNPINNED, Map.of()).awaitReady()) {
            var guide = Files.readString(Checkout.ROOT.resolve("docs/grpc.md"))
                    .replace("key=$(cat .suimon/admin.key)", "key=" + ControlPlaneSite.ADMIN_KEY)
                    .replace("127.0.0.1:9180", "127.0.0.1:" + gateway.adminPort())
                    .replace("127.0.0.1:9280", "127.0.0.1:" + gateway.streamPort())
                    .replace("127.0.0.1:9080", "127.0.0.1:" + gateway.trafficPort());

            var process = new ProcessBuilder("bash", "-c", guide.split("\n```(sh)?\n", -1)[1])
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(output).contains("HTTP/2 200", "grpc-status: 12").doesNotContain("curl: (");
            assertThat(controlPlane.log() + dataPlane.log()).doesNotContain("Exception");
        }
    }
}
