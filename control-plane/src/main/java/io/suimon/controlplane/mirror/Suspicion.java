package io.suimon.controlplane.mirror;

import io.suimon.controlplane.store.StoreSnapshot;
import java.util.Optional;

/** What makes a store look as if it were not the one that was mirrored until now. */
final class Suspicion {

    private Suspicion() {}

    /** Why a person should look before this is taken over, on one line; empty when there is no reason. */
    static Optional<String> of(MirrorView known, StoreSnapshot found) {
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
        return Optional.empty();
    }
}
