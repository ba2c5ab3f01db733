package io.suimon.controlplane.mirror;

import io.suimon.controlplane.store.EntryTree;
import io.suimon.controlplane.store.StoredEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Entries as they are stored beside the same with their secrets decrypted. It is one tree for as long as no entry had a secret.
 * Immutable.
 *
 * @param plain has the same paths and revisions as {@code stored}
 */
record OpenedTree(EntryTree stored, EntryTree plain) {

    static final OpenedTree EMPTY = new OpenedTree(EntryTree.empty(), EntryTree.empty());

    /** @param opening decrypts an entry; gives back the very entry when there is nothing to decrypt */
    OpenedTree with(StoredEntry entry, UnaryOperator<StoredEntry> opening) {
        var opened = opening.apply(entry);
        var next = stored.with(entry);
        return new OpenedTree(next, isOne() && opened.equals(entry) ? next : plain.with(opened));
    }

    OpenedTree without(String path) {
        var next = stored.without(path);
        return new OpenedTree(next, isOne() ? next : plain.without(path));
    }

    /** These entries instead. Those that did not change are the ones of this tree; where none did, it is this one. */
    OpenedTree replacedBy(List<StoredEntry> entries, UnaryOperator<StoredEntry> opening) {
        var next = new ArrayList<StoredEntry>(entries.size());
        var opened = new ArrayList<StoredEntry>(entries.size());
        boolean same = entries.size() == stored.size();
        boolean one = true;
        for (var entry : entries) {
            var known = stored.get(entry.path());
            var knownPlain = plain.get(entry.path());
            boolean unchanged = known != null && knownPlain != null && entry.equals(known);
            next.add(unchanged ? known : entry);
            opened.add(unchanged ? knownPlain : opening.apply(entry));
            same &= unchanged;
            one &= entry.equals(opened.getLast());
        }
        if (same) {
            return this;
        }
        var tree = EntryTree.of(next);
        return new OpenedTree(tree, one ? tree : EntryTree.of(opened));
    }

    /** Whether nothing had to be decrypted. */
    private boolean isOne() {
        return stored.equals(plain);
    }
}
