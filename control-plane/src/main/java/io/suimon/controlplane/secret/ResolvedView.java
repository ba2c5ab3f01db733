package io.suimon.controlplane.secret;

import io.suimon.controlplane.mirror.MirrorView;
import io.suimon.controlplane.store.EntryTree;

/** The configuration as nodes get it: decrypted, with values in place of references, and without the secret managers. */
record ResolvedView(String storeId, long revision, EntryTree entries) implements MirrorView {

    @Override
    public MirrorView plain() {
        return this;
    }

    /** Whether it is the very same for nodes. */
    @SuppressWarnings("ReferenceEquality") // trees that share everything
    boolean isSame(ResolvedView other) {
        return revision == other.revision && storeId.equals(other.storeId) && entries == other.entries;
    }

    @Override
    public String toString() {
        return "revision " + revision + " of store " + storeId + ", " + entries.size() + " entries, resolved";
    }
}
