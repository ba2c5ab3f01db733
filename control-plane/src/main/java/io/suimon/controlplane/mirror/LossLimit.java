package io.suimon.controlplane.mirror;

import io.suimon.controlplane.store.StoreEvent;
import java.util.List;
import java.util.Optional;

/**
 * How much may disappear at once before a person has to look.
 *
 * @param percent a loss of more than this share of all entries is too much; 100 means that none is
 * @param entries a loss of fewer than so many never is
 */
public record LossLimit(int percent, int entries) {

    /** For a store nobody else writes to. */
    public static final LossLimit NONE = new LossLimit(100, Integer.MAX_VALUE);

    /** What is said of a loss, on one line; empty when it is not too much. */
    Optional<String> exceeded(long lost, long known) {
        return lost >= entries && lost * 100 > known * (long) percent
                ? Optional.of(lost + " of " + known + " entries are gone from the store at once (expected: at most "
                        + percent + " %)")
                : Optional.empty();
    }

    /**
     * The same of one revision. Who also writes something while removing means it: a whole configuration is replaced in one
     * transaction. What takes away and leaves nothing is an accident until somebody says otherwise.
     */
    Optional<String> exceeded(List<StoreEvent> revision, TreeView view) {
        long lost = 0;
        for (var event : revision) {
            if (event instanceof StoreEvent.Put) {
                return Optional.empty();
            }
            lost += view.get(event.path()) == null ? 0 : 1;
        }
        return exceeded(lost, view.tree().stored().size());
    }
}
