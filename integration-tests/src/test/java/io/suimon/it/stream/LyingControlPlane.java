package io.suimon.it.stream;

import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.suimon.proto.StateDigest;
import io.suimon.proto.sync.v1.ConfigSyncGrpc;
import io.suimon.proto.sync.v1.ControlMessage;
import io.suimon.proto.sync.v1.Delta;
import io.suimon.proto.sync.v1.Hello;
import io.suimon.proto.sync.v1.NodeMessage;
import io.suimon.proto.sync.v1.Resource;
import io.suimon.proto.sync.v1.SnapshotChunk;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Sends an honest snapshot of one resource to who has nothing, and then, once, a delta with a digest that is not its result's. */
final class LyingControlPlane extends ConfigSyncGrpc.ConfigSyncImplBase implements AutoCloseable {

    private static final String JSON = "{\"uri\":\"/a\"}";

    private final List<Hello> hellos = new CopyOnWriteArrayList<>();
    private final Server server;
    private volatile boolean lied;

    LyingControlPlane() throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(this)
                .build()
                .start();
    }

    int port() {
        return server.getPort();
    }

    List<Hello> hellos() {
        return hellos;
    }

    @Override
    public StreamObserver<NodeMessage> stream(StreamObserver<ControlMessage> responses) {
        return new StreamObserver<>() {
            @Override
            public void onNext(NodeMessage message) {
                if (message.hasHello()) {
                    hellos.add(message.getHello());
                    responses.onNext(snapshot());
                } else if (message.hasAck() && !lied) {
                    lied = true;
                    responses.onNext(lie());
                }
            }

            @Override
            public void onError(Throwable failure) {
                // The node went away, as it should.
            }

            @Override
            public void onCompleted() {
                responses.onCompleted();
            }
        };
    }

    private static ControlMessage snapshot() {
        var digest = StateDigest.EMPTY.plus("routes", "1", 5, JSON.getBytes(StandardCharsets.UTF_8));
        return ControlMessage.newBuilder()
                .setSnapshot(SnapshotChunk.newBuilder()
                        .setStoreId("store")
                        .setRevision(5)
                        .setLast(true)
                        .addResources(resource("1", 5))
                        .setDigest(digest.toMessage()))
                .build();
    }

    private static ControlMessage lie() {
        return ControlMessage.newBuilder()
                .setDelta(Delta.newBuilder()
                        .setFromRevision(5)
                        .setToRevision(6)
                        .setLast(true)
                        .addPuts(resource("2", 6))
                        .setDigest(new StateDigest(1, 2).toMessage()))
                .build();
    }

    private static Resource.Builder resource(String id, long revision) {
        return Resource.newBuilder()
                .setKind("routes")
                .setId(id)
                .setCreateRevision(revision)
                .setModRevision(revision)
                .setJson(com.google.protobuf.ByteString.copyFromUtf8(JSON));
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
