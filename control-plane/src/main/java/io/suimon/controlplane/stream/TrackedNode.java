package io.suimon.controlplane.stream;

import io.suimon.proto.StateDigest;
import io.suimon.proto.sync.v1.Ack;
import io.suimon.proto.sync.v1.Hello;
import io.suimon.proto.sync.v1.NodeStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the registry knows of one node. Not thread-safe; the registry's lock guards it. */
final class TrackedNode {

    private final Hello hello;
    private final Instant connectedSince;
    private final int replaced;
    private final Quarantine quarantine = new Quarantine();
    private Node.State state = Node.State.CONNECTED;
    private @Nullable Instant goneSince;
    private Instant heard;
    private @Nullable Instant lastAck;
    private long revision;
    private StateDigest digest;
    private NodeStatus status = NodeStatus.getDefaultInstance();

    /** @param earlier the same node on its stream before this one */
    TrackedNode(Hello hello, Instant now, @Nullable TrackedNode earlier, int replaced) {
        this.hello = hello.toBuilder().clearRejections().build();
        this.connectedSince = now;
        this.heard = now;
        this.replaced = replaced;
        this.revision = hello.getRevision();
        this.digest = StateDigest.of(hello.getDigest());
        quarantine.replace(hello.getRejectionsList(), hello.getRejectionsTotal(), revision, revision);
        if (earlier != null) {
            quarantine.continueFrom(earlier.quarantine);
        }
    }

    void acknowledged(Ack ack, Instant now) {
        heard = now;
        lastAck = now;
        quarantine.replace(ack.getRejectionsList(), ack.getRejectionsTotal(), revision, ack.getRevision());
        revision = ack.getRevision();
        digest = StateDigest.of(ack.getDigest());
    }

    void reported(NodeStatus newest, Instant now) {
        heard = now;
        status = newest;
    }

    /** @param how {@code LEFT} or {@code LOST} */
    void gone(Node.State how, Instant now) {
        state = how;
        goneSince = now;
    }

    String id() {
        return hello.getNodeId();
    }

    long revision() {
        return revision;
    }

    int replaced() {
        return replaced;
    }

    Quarantine quarantine() {
        return quarantine;
    }

    /** Whether it was lost at this moment or later. */
    boolean lostSince(Instant moment) {
        var gone = goneSince;
        return state == Node.State.LOST && gone != null && !gone.isBefore(moment);
    }

    /** As somebody who does not run a revision. */
    Propagation.Laggard laggard(HeadTimes heads) {
        var gone = goneSince;
        var since = gone != null ? gone : behindSince(heads).orElse(connectedSince);
        return new Propagation.Laggard(id(), revision, since.toString());
    }

    private Optional<Instant> behindSince(HeadTimes heads) {
        return heads.behindSince(revision).map(passed -> passed.isBefore(connectedSince) ? connectedSince : passed);
    }

    Node describe(HeadTimes heads, Instant now) {
        var gone = goneSince;
        var acked = lastAck;
        return new Node(
                hello.getNodeId(),
                state,
                hello.getLabelsMap(),
                hello.getVersion(),
                hello.getAddress(),
                hello.getPluginsList(),
                revision,
                digest.toString(),
                connectedSince.toString(),
                gone == null ? null : gone.toString(),
                behindSince(heads).map(Instant::toString).orElse(null),
                Duration.between(heard, now).toSeconds(),
                acked == null ? null : Duration.between(acked, now).toSeconds(),
                quarantine.total(),
                quarantine.all(),
                replaced,
                status.getUptimeSeconds(),
                status.getOpenConnections(),
                status.getRequestsTotal());
    }
}
