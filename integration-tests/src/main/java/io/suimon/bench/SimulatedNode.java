package io.suimon.bench;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.suimon.proto.StateDigest;
import io.suimon.proto.SyncProtocol;
import io.suimon.proto.sync.v1.Ack;
import io.suimon.proto.sync.v1.ConfigSyncGrpc;
import io.suimon.proto.sync.v1.ControlMessage;
import io.suimon.proto.sync.v1.Digest;
import io.suimon.proto.sync.v1.Hello;
import io.suimon.proto.sync.v1.NodeMessage;
import io.suimon.proto.sync.v1.NodeStatus;
import io.suimon.proto.sync.v1.Resource;
import io.suimon.proto.sync.v1.ResourceRef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The configuration half of a node, on a connection of its own: keeps the resources, verifies each digest by computing it, and
 * acknowledges; compiles nothing. Lives on its event loop.
 */
final class SimulatedNode implements StreamObserver<ControlMessage>, AutoCloseable {

    private final String id;
    private final ManagedChannel channel;
    private final Map<String, Resource> resources = new HashMap<>();
    private StateDigest digest = StateDigest.EMPTY;
    private long revision;
    private @Nullable StreamObserver<NodeMessage> call;
    private volatile int deltaBytes;
    private volatile @Nullable Throwable failure;

    SimulatedNode(String id, int port, EventLoopGroup loops) {
        this.id = id;
        this.channel = NettyChannelBuilder.forAddress("127.0.0.1", port)
                .eventLoopGroup(loops)
                .channelType(NioSocketChannel.class)
                .directExecutor()
                .usePlaintext()
                .maxInboundMessageSize(SyncProtocol.MESSAGE_BYTES)
                .build();
    }

    void connect() {
        var opened = ConfigSyncGrpc.newStub(channel).stream(this);
        call = opened;
        opened.onNext(NodeMessage.newBuilder()
                .setHello(Hello.newBuilder().setNodeId(id).setProtocol(SyncProtocol.VERSION))
                .build());
    }

    @Override
    public void onNext(ControlMessage message) {
        switch (message.getMessageCase()) {
            case SNAPSHOT -> {
                var chunk = message.getSnapshot();
                if (chunk.getIndex() == 0) {
                    resources.clear();
                    digest = StateDigest.EMPTY;
                }
                chunk.getResourcesList().forEach(this::put);
                if (chunk.getLast()) {
                    acknowledge(chunk.getRevision(), chunk.getDigest());
                }
            }
            case DELTA -> {
                var delta = message.getDelta();
                deltaBytes = message.getSerializedSize();
                delta.getPutsList().forEach(this::put);
                delta.getRemovalsList().forEach(this::remove);
                if (delta.getLast()) {
                    acknowledge(delta.getToRevision(), delta.getDigest());
                }
            }
            case HEARTBEAT -> {
                if (message.getHeartbeat().getRevision() > revision) {
                    acknowledge(
                            message.getHeartbeat().getRevision(),
                            message.getHeartbeat().getDigest());
                } else {
                    say(NodeMessage.newBuilder()
                            .setStatus(NodeStatus.newBuilder().setRevision(revision))
                            .build());
                }
            }
            case MESSAGE_NOT_SET -> {
                // A later version's.
            }
        }
    }

    private void put(Resource resource) {
        var before = resources.put(resource.getKind() + "/" + resource.getId(), resource);
        minus(before);
        digest = digest.plus(
                resource.getKind(),
                resource.getId(),
                resource.getModRevision(),
                resource.getJson().toByteArray());
    }

    private void remove(ResourceRef ref) {
        minus(resources.remove(ref.getKind() + "/" + ref.getId()));
    }

    private void minus(@Nullable Resource before) {
        if (before != null) {
            digest = digest.minus(
                    before.getKind(),
                    before.getId(),
                    before.getModRevision(),
                    before.getJson().toByteArray());
        }
    }

    private void acknowledge(long reached, Digest expected) {
        if (!digest.equals(StateDigest.of(expected))) {
            failure = new IllegalStateException("digest " + digest + " (expected: " + StateDigest.of(expected) + ")");
        }
        revision = reached;
        say(NodeMessage.newBuilder()
                .setAck(Ack.newBuilder().setRevision(reached).setDigest(digest.toMessage()))
                .build());
    }

    private void say(NodeMessage message) {
        var open = call;
        if (open != null) {
            open.onNext(message);
        }
    }

    /** The size of the last delta, as it was before compression. */
    int deltaBytes() {
        return deltaBytes;
    }

    /** Why one of these nodes is not what it should be; null when all are well. */
    static @Nullable Throwable failureOf(List<SimulatedNode> nodes) {
        return nodes.stream()
                .map(node -> node.failure)
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    @Override
    public void onError(Throwable reason) {
        failure = reason;
    }

    @Override
    public void onCompleted() {
        failure = new IllegalStateException("the control plane ended the stream");
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
