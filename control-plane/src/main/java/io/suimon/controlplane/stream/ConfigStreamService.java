package io.suimon.controlplane.stream;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.suimon.controlplane.mirror.Mirror;
import io.suimon.controlplane.mirror.MirrorView;
import io.suimon.proto.sync.v1.ConfigSyncGrpc;
import io.suimon.proto.sync.v1.ControlMessage;
import io.suimon.proto.sync.v1.NodeMessage;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Answers nodes: one session for each stream, all told when the mirror advances. Thread-safe.
 *
 * <p>The mirror's thread only leaves its newest view here; taking it over and telling the sessions is done on the executor, one
 * view at a time, and views that are overtaken meanwhile are skipped.
 */
final class ConfigStreamService extends ConfigSyncGrpc.ConfigSyncImplBase implements Mirror.Listener {

    private final SessionContext context;
    private final int maxNodes;
    private final Executor executor;
    private final Set<NodeSession> sessions = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable MirrorView> newest = new AtomicReference<>();
    private final Object projecting = new Object();

    ConfigStreamService(
            StreamConfig config, Mirror mirror, NodeRegistry registry, StreamCounters counters, Executor executor) {
        this.maxNodes = config.maxNodes();
        this.executor = executor;
        this.context = new SessionContext(
                new Projection(config.history()),
                registry,
                counters,
                executor,
                () -> mirror.stale().isPresent(),
                sessions::remove,
                System::nanoTime,
                config.helloTimeout(),
                config.heartbeat(),
                config.aheadPatience());
    }

    @Override
    public StreamObserver<NodeMessage> stream(StreamObserver<ControlMessage> responses) {
        var call = (ServerCallStreamObserver<ControlMessage>) responses;
        var session = new NodeSession(call, context);
        sessions.add(session);
        // With a handler, sending on a stream that broke a moment ago is no failure.
        call.setOnCancelHandler(() -> session.onError(Status.CANCELLED.asRuntimeException()));
        if (sessions.size() > maxNodes) {
            session.refuse(Status.RESOURCE_EXHAUSTED, "suimon.stream.max-nodes: %d are connected".formatted(maxNodes));
            return session;
        }
        call.setCompression("gzip");
        call.setOnReadyHandler(session::advance);
        return session;
    }

    @Override
    public void advanced(MirrorView view) {
        if (newest.getAndSet(view) == null) {
            executor.execute(this::project);
        }
    }

    /** Takes over the newest view, and has every session look at it. */
    void project() {
        synchronized (projecting) {
            var view = newest.getAndSet(null);
            if (view != null) {
                context.projection().advance(view);
                context.registry().headMoved(view.revision());
            }
        }
        // Each on its own: what one node is sent holds up no other.
        sessions.forEach(session -> executor.execute(session::advance));
    }

    /** Time passes; to be called several times per heartbeat. */
    void tick() {
        sessions.forEach(NodeSession::tick);
    }

    /** Ends all streams. */
    void shutDown() {
        sessions.forEach(NodeSession::shutDown);
    }
}
