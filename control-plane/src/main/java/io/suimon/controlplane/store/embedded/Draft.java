package io.suimon.controlplane.store.embedded;

import io.suimon.controlplane.store.Commit;
import io.suimon.controlplane.store.EntryTree;
import io.suimon.controlplane.store.Guard;
import io.suimon.controlplane.store.Mutation;
import io.suimon.controlplane.store.StoreEvent;
import io.suimon.controlplane.store.StoredEntry;
import io.suimon.controlplane.store.Transaction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The transactions of one group commit, carried out in memory one after the other; nothing counts before the file has them. One thread. */
final class Draft {

    /** A key's new state: null is gone. */
    record Write(@Nullable StoredEntry entry, long expiresAt) {}

    private final long now;
    private final List<Change> changes = new ArrayList<>();
    private final Map<String, Write> writes = new LinkedHashMap<>();
    private EntryTree tree;
    private long revision;

    /** @param now milliseconds since the epoch, what lifetimes count from */
    Draft(Head head, long now) {
        this.tree = head.tree();
        this.revision = head.revision();
        this.now = now;
    }

    /** Carries a transaction out, should its guards hold. */
    Commit apply(Transaction transaction) {
        for (var guard : transaction.guards()) {
            if (!holds(guard)) {
                return new Commit.Conflict();
            }
        }
        long next = revision + 1;
        var events = new ArrayList<StoreEvent>();
        for (var mutation : transaction.mutations()) {
            switch (mutation) {
                case Mutation.Put put -> events.add(put(put, next));
                case Mutation.Delete delete -> delete(delete.path(), events);
                case Mutation.DeletePrefix prefix ->
                    tree.range(prefix.path()).forEach(entry -> delete(entry.path(), events));
            }
        }
        advance(events);
        return new Commit.Done(revision);
    }

    /** Deletes keys whose time is over, in one revision. */
    void expire(Collection<String> paths) {
        var events = new ArrayList<StoreEvent>();
        paths.forEach(path -> delete(path, events));
        advance(events);
    }

    private boolean holds(Guard guard) {
        var entry = tree.get(guard.path());
        return (entry == null ? 0 : entry.modRevision()) == guard.modRevision();
    }

    private StoreEvent put(Mutation.Put put, long next) {
        var before = tree.get(put.path());
        var entry = new StoredEntry(put.path(), before == null ? next : before.createRevision(), next, put.value());
        var lifetime = put.timeToLive();
        tree = tree.with(entry);
        writes.put(put.path(), new Write(entry, lifetime == null ? Expiries.NEVER : now + lifetime.toMillis()));
        return new StoreEvent.Put(entry);
    }

    private void delete(String path, List<StoreEvent> events) {
        if (tree.get(path) != null) {
            tree = tree.without(path);
            writes.put(path, new Write(null, Expiries.NEVER));
            events.add(new StoreEvent.Delete(path, revision + 1));
        }
    }

    private void advance(List<StoreEvent> events) {
        if (!events.isEmpty()) {
            revision++;
            changes.add(new Change(revision, events));
        }
    }

    boolean isEmpty() {
        return changes.isEmpty();
    }

    Head head() {
        return new Head(tree, revision);
    }

    List<Change> changes() {
        return changes;
    }

    /** The last write of every key that changed. */
    Map<String, Write> writes() {
        return writes;
    }
}
