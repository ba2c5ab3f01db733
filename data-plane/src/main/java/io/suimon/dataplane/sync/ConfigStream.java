package io.suimon.dataplane.sync;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.suimon.proto.SyncProtocol;
import io.suimon.proto.sync.v1.ControlMessage;
import io.suimon.proto.sync.v1.Hello;
import io.suimon.proto.sync.v1.NodeMessage;
import io.suimon.proto.sync.v1.NodeStatus;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One stream to one control plane, from hello to its end.
 *
 * <p>Lives on the sync thread: gRPC calls it there, too. It asks for the next message when the last one has been applied, so what a
 * fast control plane sends waits in the sender, not here. Only {@link #pulse} is another thread's: a node that compiles is not silent.
 * What it says after a message is said on the connection's own thread, which then is woken once for all of it.
 */
final class ConfigStream implements ClientResponseObserver<NodeMessage, ControlMessage> {

    private static final long CLOSE_MILLIS = 500;

    private final ControlPlaneAddress address;
    private final ManagedChannel channel;
    private final Executor connection;
    private final ConfigApplier applier;
    private final SilenceWatch silence;
    private final Listener listener;
    private final long openedAt = System.nanoTime();
    private final Object sending = new Object();
    private volatile @Nullable ClientCallStreamObserver<NodeMessage> call;
    private volatile long saidAt = openedAt;
    private volatile long longestSilence = Long.MAX_VALUE;
    private volatile boolean spoken;
    private volatile boolean over;

    /** Is told what becomes of the stream, on the sync thread. */
    interface Listener {

        /** The control plane answered: the stream is up. */
        void up(ConfigStream stream);

        /** Something came from the control plane. */
        void heard();

        /** It is over; told once, and nothing after it. */
        void ended(ConfigStream stream, Status status);
    }

    /** @param connection the thread that reads and writes the channel's connection */
    ConfigStream(
            ControlPlaneAddress address,
            ManagedChannel channel,
            Executor connection,
            ConfigApplier applier,
            SilenceWatch silence,
            Listener listener) {
        this.address = address;
        this.channel = channel;
        this.connection = connection;
        this.applier = applier;
        this.silence = silence;
        this.listener = listener;
    }

    void hello(NodeDescription node) {
        var known = applier.begin();
        var rejections = applier.rejections();
        send(NodeMessage.newBuilder()
                .setHello(Hello.newBuilder()
                        .setNodeId(node.id())
                        .putAllLabels(node.labels())
                        .setVersion(node.version())
                        .setProtocol(SyncProtocol.VERSION)
                        .addAllPlugins(node.plugins())
                        .setRevision(known.revision())
                        .setDigest(known.digest().toMessage())
                        .setStoreId(known.storeId())
                        .setAddress(node.address())
                        .setRejectionsTotal(rejections.total())
                        .addAllRejections(rejections.messages()))
                .build());
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<NodeMessage> requests) {
        call = requests;
        requests.disableAutoRequestWithInitial(1);
    }

    @Override
    public void onNext(ControlMessage message) {
        if (over) {
            return;
        }
        if (!spoken) {
            spoken = true;
            listener.up(this);
        }
        if (message.getHeartbeat().getIntervalMillis() > 0) {
            longestSilence =
                    TimeUnit.MILLISECONDS.toNanos(message.getHeartbeat().getIntervalMillis()) / 4 * 3;
        }
        var answer = applier.take(message);
        // Only now: the time it takes to compile is not the control plane's silence.
        silence.heard();
        listener.heard();
        switch (answer) {
            case Answer.None none -> request();
            case Answer.Acknowledge(var ack) ->
                connection.execute(() -> {
                    send(NodeMessage.newBuilder().setAck(ack).build());
                    request();
                });
            case Answer.Resync resync -> end(Status.DATA_LOSS.withDescription(resync.reason()));
        }
    }

    private void request() {
        var open = call;
        if (open != null) {
            open.request(1);
        }
    }

    private void send(NodeMessage message) {
        synchronized (sending) {
            var open = call;
            if (open != null && !over) {
                open.onNext(message);
                saidAt = System.nanoTime();
            }
        }
    }

    /**
     * Tells what the node is doing when that is due: after so long, and as often as the control plane wants to hear something. Any
     * thread.
     *
     * @return nanoseconds until it is due again
     */
    long pulse(Duration interval, Supplier<NodeStatus> status) {
        long pause = Math.min(interval.toNanos(), longestSilence);
        long left = saidAt + pause - System.nanoTime();
        if (left > 0) {
            return left;
        }
        var open = call;
        if (spoken && open != null && open.isReady()) {
            send(NodeMessage.newBuilder().setStatus(status.get()).build());
        }
        return pause;
    }

    /** Gives up a stream that has been silent for too long. */
    void checkSilence() {
        if (!over && silence.tooLong()) {
            end(Status.UNAVAILABLE.withDescription(
                    "silent for " + silence.limit().toMillis() + " ms"));
        }
    }

    @Override
    public void onError(Throwable failure) {
        end(Status.fromThrowable(failure));
    }

    @Override
    public void onCompleted() {
        end(Status.UNAVAILABLE.withDescription("the control plane ended the stream"));
    }

    private void end(Status status) {
        if (!over) {
            over = true;
            channel.shutdownNow();
            listener.ended(this, status);
        }
    }

    /** Says goodbye. */
    void close() {
        if (over) {
            return;
        }
        synchronized (sending) {
            over = true;
            var open = call;
            if (open != null) {
                open.onCompleted();
            }
        }
        channel.shutdown();
        try {
            if (!channel.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
                channel.shutdownNow();
            }
        } catch (InterruptedException e) {
            channel.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    ControlPlaneAddress address() {
        return address;
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - openedAt);
    }
}
