package io.suimon.controlplane.mirror;

import io.suimon.controlplane.store.StoreEvent;
import io.suimon.controlplane.store.StoredEntry;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What becomes of a view by events.
 *
 * @param view after all of them; or before the revision that takes too much
 * @param loss what is said of that revision; empty when there is none
 */
record Advance(TreeView view, Optional<String> loss) {

    /**
     * Takes events over, revision by revision where so many could be too great a loss.
     *
     * @param revision what they complete
     * @param opening decrypts an entry
     */
    static Advance of(
            TreeView view,
            long revision,
            List<StoreEvent> events,
            LossLimit limit,
            UnaryOperator<StoredEntry> opening) {
        if (events.size() < limit.entries()) {
            return new Advance(view.after(revision, events, opening), Optional.empty());
        }
        var next = view;
        for (int from = 0; from < events.size(); ) {
            int to = endOfRevision(events, from);
            var step = events.subList(from, to);
            var loss = limit.exceeded(step, next);
            if (loss.isPresent()) {
                return new Advance(next, loss);
            }
            next = next.after(events.get(from).revision(), step, opening);
            from = to;
        }
        return new Advance(next.after(revision, List.of(), opening), Optional.empty());
    }

    private static int endOfRevision(List<StoreEvent> events, int from) {
        int to = from;
        while (to < events.size()
                && events.get(to).revision() == events.get(from).revision()) {
            to++;
        }
        return to;
    }
}
