package io.suimon.controlplane.stream;

import io.suimon.proto.SyncProtocol;
import io.suimon.proto.sync.v1.Rejection;
import java.util.List;
import java.util.Optional;

/** What one node could not compile, and in which of its steps that began. Not thread-safe; the registry's lock guards it. */
final class Quarantine {

    private List<Held> held = List.of();
    private int total;

    /**
     * A resource at its last good form.
     *
     * @param after the revision at which the node had not refused it yet
     * @param since the revision at which it had
     */
    private record Held(Node.Rejected resource, long after, long since) {

        /**
         * Whether it came about by this revision: its own form is of it, or the form had been good until a step over this revision
         * changed something else.
         */
        boolean concerns(long revision) {
            return resource.revision() == revision
                    || (resource.revision() <= after && after < revision && revision <= since);
        }
    }

    /**
     * The node's newest word.
     *
     * @param after the revision it had before
     * @param now the revision it speaks of
     */
    void replace(List<Rejection> rejections, int totalNow, long after, long now) {
        var before = held;
        held = rejections.stream()
                .limit(SyncProtocol.REJECTIONS)
                .map(Quarantine::rejected)
                .map(resource -> known(before, resource).orElseGet(() -> new Held(resource, after, now)))
                .toList();
        total = Math.max(totalNow, held.size());
    }

    /** Goes on from what an earlier stream of the node said. */
    void continueFrom(Quarantine earlier) {
        var before = earlier.held;
        held = held.stream()
                .map(now -> known(before, now.resource()).orElse(now))
                .toList();
    }

    private static Optional<Held> known(List<Held> before, Node.Rejected resource) {
        return before.stream()
                .filter(old -> old.resource().isSameForm(resource))
                .findFirst();
    }

    private static Node.Rejected rejected(Rejection rejection) {
        return new Node.Rejected(
                cut(rejection.getKind()), cut(rejection.getId()), rejection.getRevision(), cut(rejection.getReason()));
    }

    private static String cut(String text) {
        return text.length() <= SyncProtocol.REASON_CHARS ? text : text.substring(0, SyncProtocol.REASON_CHARS);
    }

    int total() {
        return total;
    }

    List<Node.Rejected> all() {
        return held.stream().map(Held::resource).toList();
    }

    /** Those that came about by this revision. */
    List<Node.Rejected> concerning(long revision) {
        return held.stream()
                .filter(each -> each.concerns(revision))
                .map(Held::resource)
                .toList();
    }
}
