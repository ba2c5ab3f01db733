package io.suimon.controlplane.mirror;

import io.suimon.controlplane.store.StoreSnapshot;
import io.suimon.controlplane.store.StoredEntry;
import java.util.HashSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What makes a store look as if it were not the one that was mirrored until now. */
final class Suspicion {

    private Suspicion() {}

    /** Why a person should look before this is taken over, on one line; empty when there is no reason. */
    static Optional<String> of(TreeView known, StoreSnapshot found, LossLimit limit) {
        if (known.revision() == 0) {
            return Optional.empty();
        }
        if (!found.storeId().equals(known.storeId())) {
            return Optional.of("the store is another one: " + found.storeId() + " (expected: " + known.storeId() + ")");
        }
        if (found.revision() < known.revision()) {
            return Optional.of("the store went back to revision " + found.revision() + " (expected: at least "
                    + known.revision() + "); was a backup restored?");
        }
        return rewritten(known, found)
                .or(() -> limit.exceeded(lost(known, found), known.entries().size()));
    }

    /** A store that went back and is ahead again tells another past than the one that was seen. */
    private static Optional<String> rewritten(TreeView known, StoreSnapshot found) {
        for (var entry : found.entries()) {
            var before = known.get(entry.path());
            boolean old = entry.modRevision() <= known.revision();
            if (old && !entry.equals(before)) {
                return Optional.of("the store's history is another one: it holds " + entry + " (expected: "
                        + expected(known, before, entry) + "); was a backup restored?");
            }
        }
        return Optional.empty();
    }

    private static String expected(TreeView known, @Nullable StoredEntry before, StoredEntry found) {
        if (before == null) {
            return "none of revision " + known.revision() + " or before";
        }
        return before.modRevision() == found.modRevision() ? "another value" : before.toString();
    }

    private static long lost(TreeView known, StoreSnapshot found) {
        var paths = new HashSet<String>();
        found.entries().forEach(entry -> paths.add(entry.path()));
        return known.entries().entries().stream()
                .filter(entry -> !paths.contains(entry.path()))
                .count();
    }
}
