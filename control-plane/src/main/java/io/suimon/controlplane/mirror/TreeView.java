package io.suimon.controlplane.mirror;

import io.suimon.controlplane.store.EntryTree;
import io.suimon.controlplane.store.StoreEvent;
import io.suimon.controlplane.store.StoreSnapshot;
import io.suimon.controlplane.store.StoredEntry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A view on an {@link EntryTree}; the next view shares all that did not change. */
record TreeView(String storeId, long revision, EntryTree tree) implements MirrorView {

    static final TreeView EMPTY = new TreeView("", 0, EntryTree.empty());

    @Override
    public @Nullable StoredEntry get(String path) {
        return tree.get(path);
    }

    @Override
    public List<StoredEntry> range(String pathPrefix) {
        return tree.range(pathPrefix);
    }

    /** This view after events that bring it to a revision. */
    TreeView after(long next, List<StoreEvent> events) {
        var changed = tree;
        for (var event : events) {
            changed = switch (event) {
                case StoreEvent.Put put -> changed.with(put.entry());
                case StoreEvent.Delete delete -> changed.without(delete.path());
            };
        }
        return new TreeView(storeId, Math.max(revision, next), changed);
    }

    /** What a list found; entries that did not change are the ones of this view, and where none did its tree is. */
    TreeView replacedBy(StoreSnapshot snapshot) {
        var entries = new ArrayList<StoredEntry>(snapshot.entries().size());
        boolean same = snapshot.entries().size() == tree.size();
        for (var found : snapshot.entries()) {
            var known = tree.get(found.path());
            boolean unchanged = found.equals(known);
            entries.add(unchanged && known != null ? known : found);
            same &= unchanged;
        }
        return new TreeView(snapshot.storeId(), snapshot.revision(), same ? tree : EntryTree.of(entries));
    }

    @Override
    public String toString() {
        return "revision " + revision + " of store " + storeId + ", " + tree.size() + " entries";
    }
}
