package io.suimon.controlplane.mirror;

import io.suimon.controlplane.store.EntryTree;
import io.suimon.controlplane.store.StoreEvent;
import io.suimon.controlplane.store.StoreSnapshot;
import io.suimon.controlplane.store.StoredEntry;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A view on an {@link OpenedTree}; the next view shares all that did not change.
 *
 * @param latest the last change that is known, of one revision: what events told last, or the newest entries of a list; empty where
 *     there is neither
 */
record TreeView(String storeId, long revision, OpenedTree tree, List<StoreEvent> latest) implements MirrorView {

    static final TreeView EMPTY = new TreeView("", 0, OpenedTree.EMPTY, List.of());

    @Override
    public EntryTree entries() {
        return tree.stored();
    }

    @Override
    public MirrorView plain() {
        return new TreeView(storeId, revision, new OpenedTree(tree.plain(), tree.plain()), latest);
    }

    /**
     * This view after events that bring it to a revision.
     *
     * @param opening decrypts an entry
     */
    TreeView after(long next, List<StoreEvent> events, UnaryOperator<StoredEntry> opening) {
        var changed = tree;
        for (var event : events) {
            changed = switch (event) {
                case StoreEvent.Put put -> changed.with(put.entry(), opening);
                case StoreEvent.Delete delete -> changed.without(delete.path());
            };
        }
        return new TreeView(storeId, Math.max(revision, next), changed, events.isEmpty() ? latest : lastOf(events));
    }

    /**
     * What a list found; entries that did not change are the ones of this view, and where none did its tree is.
     *
     * @param opening decrypts an entry
     */
    TreeView replacedBy(StoreSnapshot snapshot, UnaryOperator<StoredEntry> opening) {
        return new TreeView(
                snapshot.storeId(),
                snapshot.revision(),
                tree.replacedBy(snapshot.entries(), opening),
                newestOf(snapshot.entries()));
    }

    private static List<StoreEvent> lastOf(List<StoreEvent> events) {
        long last = events.getLast().revision();
        return events.stream().filter(event -> event.revision() == last).toList();
    }

    private static List<StoreEvent> newestOf(List<StoredEntry> entries) {
        long newest = entries.stream().mapToLong(StoredEntry::modRevision).max().orElse(0);
        return entries.stream()
                .filter(entry -> entry.modRevision() == newest)
                .<StoreEvent>map(StoreEvent.Put::new)
                .toList();
    }

    @Override
    public String toString() {
        return "revision " + revision + " of store " + storeId + ", "
                + tree.stored().size() + " entries";
    }
}
