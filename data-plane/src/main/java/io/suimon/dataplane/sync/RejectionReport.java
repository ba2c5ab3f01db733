package io.suimon.dataplane.sync;

import io.suimon.engine.compile.Rejection;
import io.suimon.proto.SyncProtocol;
import java.util.Comparator;
import java.util.List;

/** What this node could not compile, as it tells the control plane: the latest of it, and how many there are. */
record RejectionReport(List<Rejection> rejections) {

    RejectionReport {
        rejections = List.copyOf(rejections);
    }

    int total() {
        return rejections.size();
    }

    List<io.suimon.proto.sync.v1.Rejection> messages() {
        return rejections.stream()
                .sorted(Comparator.comparingLong(Rejection::modRevision).reversed())
                .limit(SyncProtocol.REJECTIONS)
                .map(RejectionReport::message)
                .toList();
    }

    private static io.suimon.proto.sync.v1.Rejection message(Rejection rejection) {
        var reason = rejection.reason();
        return io.suimon.proto.sync.v1.Rejection.newBuilder()
                .setKind(rejection.key().kind().directory())
                .setId(rejection.key().id())
                .setRevision(rejection.modRevision())
                .setReason(reason.substring(0, Math.min(reason.length(), SyncProtocol.REASON_CHARS)))
                .build();
    }
}
