package io.suimon.it.stream;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.suimon.proto.StateDigest;
import io.suimon.proto.SyncProtocol;
import io.suimon.proto.sync.v1.Ack;
import io.suimon.proto.sync.v1.ConfigSyncGrpc;
import io.suimon.proto.sync.v1.ControlMessage;
import io.suimon.proto.sync.v1.Hello;
import io.suimon.proto.sync.v1.NodeMessage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Acknowledges each snapshot with a digest that is not the one it was sent. */
final class LyingNode implements StreamObserver<ControlMessage>, AutoCloseable {

    private final ManagedChannel channel;
    private final StreamObserver<NodeMessage> call;
    private final AtomicInteger snapshots = new AtomicInteger();
    private volatile Status.@Nullable Code end;

    LyingNode(int port) {
        channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        call = ConfigSyncGrpc.newStub(channel).stream(this);
        call.onNext(NodeMessage.newBuilder()
                .setHello(Hello.newBuilder().setNodeId("liar").setProtocol(SyncProtocol.VERSION))
                .build());
    }

    @Override
    public void onNext(ControlMessage message) {
        if (message.hasSnapshot()) {
            snapshots.incrementAndGet();
            call.onNext(NodeMessage.newBuilder()
                    .setAck(Ack.newBuilder()
                            .setRevision(message.getSnapshot().getRevision())
                            .setDigest(new StateDigest(1, 2).toMessage()))
                    .build());
        }
    }

    int snapshots() {
        return snapshots.get();
    }

    /** How its stream ended; null while it has not. */
    Status.@Nullable Code end() {
        return end;
    }

    @Override
    public void onError(Throwable failure) {
        end = Status.fromThrowable(failure).getCode();
    }

    @Override
    public void onCompleted() {
        end = Status.Code.OK;
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
