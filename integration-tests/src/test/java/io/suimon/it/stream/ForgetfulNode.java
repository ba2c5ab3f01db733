package io.suimon.it.stream;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.suimon.proto.StateDigest;
import io.suimon.proto.SyncProtocol;
import io.suimon.proto.sync.v1.Ack;
import io.suimon.proto.sync.v1.ConfigSyncGrpc;
import io.suimon.proto.sync.v1.ControlMessage;
import io.suimon.proto.sync.v1.Heartbeat;
import io.suimon.proto.sync.v1.Hello;
import io.suimon.proto.sync.v1.NodeMessage;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A node that takes everything in and acknowledges only when it is told to. */
final class ForgetfulNode implements AutoCloseable, StreamObserver<ControlMessage> {

    private final List<ControlMessage> received = new CopyOnWriteArrayList<>();
    private final ManagedChannel channel;
    private final StreamObserver<NodeMessage> requests;
    private Ack.Builder acknowledgement = Ack.newBuilder();

    ForgetfulNode(int port) {
        channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        requests = ConfigSyncGrpc.newStub(channel).stream(this);
        requests.onNext(NodeMessage.newBuilder()
                .setHello(Hello.newBuilder()
                        .setNodeId("forgetful")
                        .setProtocol(SyncProtocol.VERSION)
                        .setDigest(StateDigest.EMPTY.toMessage()))
                .build());
    }

    List<ControlMessage> received() {
        return received;
    }

    boolean isAskedToAcknowledge() {
        return received.stream()
                .anyMatch(message ->
                        message.hasHeartbeat() && message.getHeartbeat().getAckWanted());
    }

    /** Acknowledges what the last heartbeat named. */
    void acknowledge() {
        var heartbeat = received.stream()
                .filter(ControlMessage::hasHeartbeat)
                .map(ControlMessage::getHeartbeat)
                .reduce(Heartbeat.getDefaultInstance(), (before, after) -> after);
        acknowledgement = Ack.newBuilder().setRevision(heartbeat.getRevision()).setDigest(heartbeat.getDigest());
        repeatAcknowledgement();
    }

    /** Says the same once more. */
    void repeatAcknowledgement() {
        requests.onNext(NodeMessage.newBuilder().setAck(acknowledgement).build());
    }

    @Override
    public void onNext(ControlMessage message) {
        received.add(message);
    }

    @Override
    public void onError(Throwable failure) {
        // The test sees it by what does not arrive.
    }

    @Override
    public void onCompleted() {
        // As above.
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
