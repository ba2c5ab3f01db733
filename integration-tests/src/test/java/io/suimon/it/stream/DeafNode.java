package io.suimon.it.stream;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.suimon.proto.StateDigest;
import io.suimon.proto.SyncProtocol;
import io.suimon.proto.sync.v1.Ack;
import io.suimon.proto.sync.v1.ConfigSyncGrpc;
import io.suimon.proto.sync.v1.ControlMessage;
import io.suimon.proto.sync.v1.Digest;
import io.suimon.proto.sync.v1.Hello;
import io.suimon.proto.sync.v1.NodeMessage;
import io.suimon.proto.sync.v1.Resource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/** A node that reads one message and then, until it is told to, nothing: what else is sent stays with the sender. */
final class DeafNode implements ClientResponseObserver<NodeMessage, ControlMessage>, AutoCloseable {

    private static final int WINDOW_BYTES = 64 * 1024;

    private final Map<String, String> content = new ConcurrentHashMap<>();
    private final AtomicInteger messages = new AtomicInteger();
    private final ManagedChannel channel;
    private volatile @Nullable ClientCallStreamObserver<NodeMessage> call;
    private volatile boolean reading;

    DeafNode(int port) {
        channel = NettyChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .flowControlWindow(WINDOW_BYTES)
                .build();
        var unused = ConfigSyncGrpc.newStub(channel).stream(this);
        call().onNext(NodeMessage.newBuilder()
                .setHello(Hello.newBuilder()
                        .setNodeId("deaf")
                        .setProtocol(SyncProtocol.VERSION)
                        .setDigest(StateDigest.EMPTY.toMessage()))
                .build());
    }

    private ClientCallStreamObserver<NodeMessage> call() {
        return requireNonNull(call);
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<NodeMessage> requests) {
        call = requests;
        requests.disableAutoRequestWithInitial(1);
    }

    /** Reads from now on, and acknowledges. */
    void read() {
        reading = true;
        call().request(1);
    }

    /** How many were read. */
    int messages() {
        return messages.get();
    }

    /** Path to JSON of everything read. */
    Map<String, String> content() {
        return content;
    }

    @Override
    public void onNext(ControlMessage message) {
        messages.incrementAndGet();
        if (message.hasSnapshot()) {
            var part = message.getSnapshot();
            take(part.getResourcesList(), part.getLast(), part.getRevision(), part.getDigest());
        } else if (message.hasDelta()) {
            var part = message.getDelta();
            take(part.getPutsList(), part.getLast(), part.getToRevision(), part.getDigest());
        }
        if (reading) {
            call().request(1);
        }
    }

    private void take(List<Resource> puts, boolean last, long revision, Digest digest) {
        puts.forEach(put ->
                content.put(put.getKind() + "/" + put.getId(), put.getJson().toStringUtf8()));
        if (last) {
            call().onNext(NodeMessage.newBuilder()
                    .setAck(Ack.newBuilder().setRevision(revision).setDigest(digest))
                    .build());
        }
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
