package io.suimon.controlplane.stream;

import java.util.ArrayList;
import java.util.List;

/** Puts together how far a revision has come, node by node. Used once, by one thread. */
final class PropagationReport {

    private final long revision;
    private final HeadTimes heads;
    private final List<String> applied = new ArrayList<>();
    private final List<Propagation.Laggard> pending = new ArrayList<>();
    private final List<Propagation.Laggard> lost = new ArrayList<>();
    private final List<Propagation.Rejecting> rejecting = new ArrayList<>();
    private int listed;

    PropagationReport(long revision, HeadTimes heads) {
        this.revision = revision;
        this.heads = heads;
    }

    void connected(TrackedNode node) {
        if (node.revision() < revision) {
            pending.add(node.laggard(heads));
            return;
        }
        applied.add(node.id());
        var left = node.quarantine().concerning(revision);
        if (!left.isEmpty()) {
            var shown = left.subList(0, Math.min(left.size(), Propagation.REJECTIONS - listed));
            listed += shown.size();
            rejecting.add(new Propagation.Rejecting(node.id(), shown));
        }
    }

    void lost(TrackedNode node) {
        lost.add(node.laggard(heads));
    }

    Propagation whole() {
        return new Propagation(revision, heads.head(), applied, pending, lost, rejecting);
    }
}
