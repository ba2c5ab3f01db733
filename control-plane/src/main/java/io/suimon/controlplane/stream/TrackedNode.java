package io.suimon.controlplane.stream;

import io.suimon.proto.StateDigest;
import io.suimon.proto.SyncProtocol;
import io.suimon.proto.sync.v1.Ack;
import io.suimon.proto.sync.v1.Hello;
import io.suimon.proto.sync.v1.NodeStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the registry knows of one node. Not thread-safe; the registry's lock guards it. */
final class TrackedNode {

    private final Hello hello;
    private final Instant connectedSince;
    private final int replaced;
    private @Nullable Instant goneSince;
    private @Nullable Instant lastAck;
    private long revision;
    private StateDigest digest;
    private int rejectionsTotal;
    private List<Node.Rejected> rejections = List.of();
    private NodeStatus status = NodeStatus.getDefaultInstance();

    TrackedNode(Hello hello, Instant connectedSince, int replaced) {
        this.hello = hello;
        this.connectedSince = connectedSince;
        this.replaced = replaced;
        this.revision = hello.getRevision();
        this.digest = StateDigest.of(hello.getDigest());
    }

    void acknowledged(Ack ack, Instant now) {
        lastAck = now;
        revision = ack.getRevision();
        digest = StateDigest.of(ack.getDigest());
        rejections = ack.getRejectionsList().stream()
                .limit(SyncProtocol.REJECTIONS)
                .map(rejection -> new Node.Rejected(
                        cut(rejection.getKind()),
                        cut(rejection.getId()),
                        rejection.getRevision(),
                        cut(rejection.getReason())))
                .toList();
        rejectionsTotal = Math.max(ack.getRejectionsTotal(), rejections.size());
    }

    private static String cut(String text) {
        return text.length() <= SyncProtocol.REASON_CHARS ? text : text.substring(0, SyncProtocol.REASON_CHARS);
    }

    void reported(NodeStatus newest) {
        status = newest;
    }

    void gone(Instant now) {
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

    boolean rejects() {
        return rejectionsTotal > 0;
    }

    Node describe(Instant now) {
        var gone = goneSince;
        var acked = lastAck;
        return new Node(
                hello.getNodeId(),
                hello.getLabelsMap(),
                hello.getVersion(),
                hello.getAddress(),
                hello.getPluginsList(),
                revision,
                digest.toString(),
                connectedSince.toString(),
                gone == null ? null : gone.toString(),
                acked == null ? null : Duration.between(acked, now).toSeconds(),
                rejectionsTotal,
                rejections,
                replaced,
                status.getUptimeSeconds(),
                status.getOpenConnections(),
                status.getRequestsTotal());
    }
}
