package io.suimon.controlplane.stream;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.suimon.proto.StateDigest;
import io.suimon.proto.sync.v1.Ack;
import io.suimon.proto.sync.v1.ControlMessage;
import io.suimon.proto.sync.v1.Hello;
import io.suimon.proto.sync.v1.NodeMessage;
import java.util.Collections;
import java.util.Iterator;
import org.jboss.logging.Logger;

/**
 * Keeps one node at the head of the projection for as long as its stream lives.
 *
 * <p>Level-triggered: it compares what the node last acknowledged with the head, sends that one difference, and looks again when
 * the node acknowledged it. So a slow node skips revisions and costs one message in memory beside the shared state.
 *
 * <p>Called by gRPC, by the mirror's thread through {@link ConfigStreamService}, and by its ticker; its own lock puts them in order.
 */
final class NodeSession implements StreamObserver<NodeMessage> {

    private static final Logger LOG = Logger.getLogger(NodeSession.class);

    /** Bytes; below it, compression takes longer than the wire saves: most changes are one resource. */
    private static final int WORTH_COMPRESSING = 4096;

    private final ServerCallStreamObserver<ControlMessage> call;
    private final SessionContext context;
    private final long openedAt;
    private Phase phase = Phase.HELLO;
    private String nodeId = "";
    /** What the node has, by its own last word. */
    private Position has = Position.NONE;
    /** What it will have when it took in what is sent. */
    private Position target = Position.NONE;

    private Iterator<ControlMessage> outgoing = Collections.emptyIterator();
    private boolean everything;
    private long lastSentAt;
    private long heardAt;
    private long tickedAt;
    private long aheadSince;

    private enum Phase {
        /** The node has not said who it is. */
        HELLO,
        /** The node has acknowledged all that was sent. */
        IDLE,
        /** A difference is on its way out. */
        SENDING,
        /** A difference is with the node. */
        SENT,
        OVER
    }

    NodeSession(ServerCallStreamObserver<ControlMessage> call, SessionContext context) {
        this.call = call;
        this.context = context;
        this.openedAt = context.nanoTime();
        this.lastSentAt = openedAt;
        this.heardAt = openedAt;
        this.tickedAt = openedAt;
    }

    @Override
    public synchronized void onNext(NodeMessage message) {
        if (phase == Phase.OVER) {
            return;
        }
        heardAt = context.nanoTime();
        if (message.hasHello() != (phase == Phase.HELLO)) {
            refuse(Status.INVALID_ARGUMENT, "Hello comes first, and once");
            return;
        }
        switch (message.getMessageCase()) {
            case HELLO -> onHello(message.getHello());
            case ACK -> onAck(message.getAck());
            case STATUS -> context.registry().reported(this, nodeId, message.getStatus());
            case MESSAGE_NOT_SET -> refuse(Status.INVALID_ARGUMENT, "a message without content");
        }
        advance();
    }

    private void onHello(Hello hello) {
        var violation = HelloCheck.violation(hello);
        if (violation.isPresent()) {
            refuse(Status.INVALID_ARGUMENT, violation.get());
            return;
        }
        nodeId = hello.getNodeId();
        has = new Position(hello.getStoreId(), hello.getRevision(), StateDigest.of(hello.getDigest()));
        target = has;
        phase = Phase.IDLE;
        // At once: the node sees that somebody is there, and learns how often it is to be heard.
        send(heartbeat(has, false));
        var older = context.registry().arrived(this, hello);
        LOG.infof("node %s connected at revision %d", nodeId, hello.getRevision());
        if (older != null) {
            // On another thread: the older session has a lock of its own, and may be replacing this one.
            context.executor().execute(older::replaced);
        }
    }

    private void onAck(Ack ack) {
        var acked = new Position(target.storeId(), ack.getRevision(), StateDigest.of(ack.getDigest()));
        if (acked.equals(has) && !acked.equals(target)) {
            return; // said before, and once more: a heartbeat asked for it while it was on its way
        }
        context.registry().acknowledged(this, nodeId, ack);
        if (phase == Phase.SENDING) {
            refuse(Status.INVALID_ARGUMENT, "an acknowledgement of what was not sent yet");
        } else if (acked.equals(target)) {
            has = target;
            everything = false;
            phase = Phase.IDLE;
        } else {
            resync(acked);
        }
    }

    /** Once with everything there is; a node that then still has something else cannot be helped by sending more. */
    private void resync(Position acked) {
        context.counters().digestMismatches.increment();
        LOG.warnf(
                "node %s has revision %d with digest %s (expected: revision %d with digest %s)",
                nodeId, acked.revision(), acked.digest(), target.revision(), target.digest());
        if (everything) {
            refuse(Status.ABORTED, "the digest differs after a full snapshot, too");
            return;
        }
        everything = true;
        phase = Phase.IDLE;
    }

    /** Sends what there is to send and the stream takes; called when anything changed that this may depend on. */
    synchronized void advance() {
        if (phase == Phase.HELLO || phase == Phase.OVER) {
            return;
        }
        while (call.isReady() && (phase == Phase.SENDING || (phase == Phase.IDLE && begin()))) {
            send(outgoing.next());
            if (!outgoing.hasNext()) {
                phase = Phase.SENT;
            }
        }
    }

    private boolean begin() {
        var difference = context.projection().from(has, everything);
        if (difference instanceof Difference.NodeAhead && aheadForTooLong()) {
            difference = context.projection().from(has, true);
        } else if (!(difference instanceof Difference.NodeAhead)) {
            aheadSince = 0;
        }
        return switch (difference) {
            case Difference.None none -> false;
            case Difference.NodeAhead ahead -> false;
            case Difference.Snapshot snapshot -> {
                context.counters().snapshots.increment();
                LOG.debugf(
                        "node %s gets a snapshot of revision %d",
                        nodeId, snapshot.target().revision());
                yield begin(snapshot.target(), MessageCutter.cut(snapshot));
            }
            case Difference.Delta delta -> {
                context.counters().deltas.increment();
                yield begin(delta.target(), MessageCutter.cut(delta));
            }
        };
    }

    private boolean begin(Position next, Iterator<ControlMessage> messages) {
        target = next;
        outgoing = messages;
        phase = Phase.SENDING;
        return true;
    }

    /** A node that another control plane brought further is left alone while this one catches up, but not for ever. */
    private boolean aheadForTooLong() {
        long now = context.nanoTime();
        if (aheadSince == 0) {
            aheadSince = now;
        }
        return !context.stale() && now - aheadSince > context.aheadPatience().toNanos();
    }

    /** Time passes: says that this end is alive, ends what never began. */
    synchronized void tick() {
        long now = context.nanoTime();
        if (phase == Phase.HELLO && now - openedAt > context.helloTimeout().toNanos()) {
            refuse(
                    Status.DEADLINE_EXCEEDED,
                    "no Hello within " + context.helloTimeout().toMillis() + " ms");
            return;
        }
        if (silentForTooLong(now)) {
            LOG.infof("node %s is gone: silent for %d ms", nodeId, (now - heardAt) / 1_000_000);
            end(Status.UNAVAILABLE.withDescription("the node was silent for too long"));
            return;
        }
        advance();
        boolean quiet = phase == Phase.IDLE || phase == Phase.SENT;
        if (quiet && call.isReady() && now - lastSentAt >= context.heartbeat().toNanos()) {
            send(heartbeat(target, phase == Phase.SENT));
        }
    }

    /** At the last look within two heartbeats. When this process itself stood still, nobody could be heard: the node gets one more. */
    private boolean silentForTooLong(long now) {
        long heartbeat = context.heartbeat().toNanos();
        if (now - tickedAt > heartbeat) {
            heardAt = Math.max(heardAt, now - heartbeat);
        }
        tickedAt = now;
        return phase != Phase.HELLO
                && phase != Phase.OVER
                && now - heardAt > 2 * heartbeat - heartbeat / StreamServer.TICKS;
    }

    private ControlMessage heartbeat(Position position, boolean ackWanted) {
        return MessageCutter.heartbeat(position, context.heartbeat(), ackWanted);
    }

    private void send(ControlMessage message) {
        lastSentAt = context.nanoTime();
        call.setMessageCompression(message.getSerializedSize() > WORTH_COMPRESSING);
        call.onNext(message);
    }

    /** Ends the stream because of what the node did or was. */
    synchronized void refuse(Status status, String reason) {
        context.counters().refusals.increment();
        LOG.warnf("stream of node %s refused: %s", nodeId.isEmpty() ? "(unknown)" : nodeId, reason);
        end(status.withDescription(reason));
    }

    /** Another stream of the same node began: the newest counts. */
    private synchronized void replaced() {
        if (phase != Phase.OVER) {
            LOG.warnf("node %s connected again: its older stream ends", nodeId);
            end(Status.ALREADY_EXISTS.withDescription("another node connected with the id " + nodeId));
        }
    }

    /** This process stops. */
    synchronized void shutDown() {
        if (phase != Phase.OVER) {
            end(Status.UNAVAILABLE.withDescription("the control plane stops"));
        }
    }

    private void end(Status status) {
        over(Node.State.LOST);
        call.onError(status.asRuntimeException());
    }

    private void over(Node.State how) {
        phase = Phase.OVER;
        outgoing = Collections.emptyIterator();
        context.registry().ended(this, nodeId, how);
        context.onOver().accept(this);
    }

    @Override
    public synchronized void onError(Throwable failure) {
        if (phase != Phase.OVER) {
            over(Node.State.LOST);
            LOG.infof(
                    "node %s is gone: %s", nodeId, Status.fromThrowable(failure).getCode());
        }
    }

    @Override
    public synchronized void onCompleted() {
        if (phase != Phase.OVER) {
            over(Node.State.LEFT);
            LOG.infof("node %s left", nodeId);
            call.onCompleted();
        }
    }
}
