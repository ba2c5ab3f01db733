package io.suimon.controlplane.admission;

import io.suimon.controlplane.mirror.MirrorView;
import io.suimon.controlplane.store.EntryTree;

/** A view of entries that are plain. */
record PlainView(long revision, EntryTree entries) implements MirrorView {

    @Override
    public String storeId() {
        return "store";
    }

    @Override
    public MirrorView plain() {
        return this;
    }
}
