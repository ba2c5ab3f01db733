package io.suimon.controlplane.stream;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.suimon.proto.SyncProtocol;
import io.suimon.proto.sync.v1.Ack;
import io.suimon.proto.sync.v1.ConfigSyncGrpc;
import io.suimon.proto.sync.v1.ControlMessage;
import io.suimon.proto.sync.v1.Digest;
import io.suimon.proto.sync.v1.Hello;
import io.suimon.proto.sync.v1.NodeMessage;
import io.suimon.proto.sync.v1.NodeStatus;
import io.suimon.proto.sync.v1.Rejection;
import io.suimon.proto.sync.v1.Resource;
import java.util.Collection;
import java.util.List;

/** A node that only says it applied what it gets, or that it left out what says {@code refuse me}; it can be told to hold its tongue. */
public final class PaperNode implements StreamObserver<ControlMessage>, AutoCloseable {

    private final ManagedChannel channel;
    private final StreamObserver<NodeMessage> call;
    private boolean holding;
    private long revision;
    private Ack held = Ack.getDefaultInstance();

    public PaperNode(String id, int port) {
        channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        call = ConfigSyncGrpc.newStub(channel).stream(this);
        say(NodeMessage.newBuilder()
                .setHello(Hello.newBuilder().setNodeId(id).setProtocol(SyncProtocol.VERSION))
                .build());
    }

    /** Acknowledges nothing from now on, or all again. */
    public synchronized void hold(boolean on) {
        holding = on;
        if (!on && held.getRevision() > 0) {
            say(NodeMessage.newBuilder().setAck(held).build());
            held = Ack.getDefaultInstance();
        }
    }

    @Override
    public synchronized void onNext(ControlMessage message) {
        switch (message.getMessageCase()) {
            case SNAPSHOT ->
                acknowledge(
                        message.getSnapshot().getRevision(),
                        message.getSnapshot().getDigest(),
                        message.getSnapshot().getResourcesList());
            case DELTA ->
                acknowledge(
                        message.getDelta().getToRevision(),
                        message.getDelta().getDigest(),
                        message.getDelta().getPutsList());
            case HEARTBEAT -> {
                say(NodeMessage.newBuilder()
                        .setStatus(NodeStatus.getDefaultInstance())
                        .build());
                if (message.getHeartbeat().getRevision() > revision) {
                    acknowledge(
                            message.getHeartbeat().getRevision(),
                            message.getHeartbeat().getDigest(),
                            List.of());
                }
            }
            case MESSAGE_NOT_SET -> throw new AssertionError(message);
        }
    }

    private void acknowledge(long reached, Digest digest, Collection<Resource> resources) {
        revision = reached;
        var rejections = resources.stream()
                .filter(resource -> resource.getJson().toStringUtf8().contains("refuse me"))
                .map(PaperNode::rejection)
                .toList();
        var ack = ack(reached, digest, rejections);
        if (holding) {
            held = ack;
        } else {
            say(NodeMessage.newBuilder().setAck(ack).build());
        }
    }

    private static Rejection rejection(Resource resource) {
        return Rejection.newBuilder()
                .setKind(resource.getKind())
                .setId(resource.getId())
                .setRevision(resource.getModRevision())
                .setReason("as asked")
                .build();
    }

    private static Ack ack(long revision, Digest digest, List<Rejection> rejections) {
        return Ack.newBuilder()
                .setRevision(revision)
                .setDigest(digest)
                .addAllRejections(rejections)
                .setRejectionsTotal(rejections.size())
                .build();
    }

    private synchronized void say(NodeMessage message) {
        call.onNext(message);
    }

    /** Breaks the connection. */
    public void vanish() {
        channel.shutdownNow();
    }

    /** Says goodbye. */
    public synchronized void leave() {
        call.onCompleted();
    }

    @Override
    public void onError(Throwable failure) {
        // What the registry makes of it is what is looked at.
    }

    @Override
    public void onCompleted() {
        // As above.
    }

    @Override
    public void close() {
        vanish();
    }
}
