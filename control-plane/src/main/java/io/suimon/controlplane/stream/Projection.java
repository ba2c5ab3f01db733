package io.suimon.controlplane.stream;

import io.suimon.controlplane.mirror.MirrorView;
import io.suimon.controlplane.store.EntryTree;
import io.suimon.controlplane.store.StoredEntry;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.StoredResource;
import io.suimon.proto.StateDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The mirror as nodes see it: resources only, with a digest kept up to date change by change, and what changed lately.
 *
 * <p>Thread-safe: one thread advances it, sessions read differences.
 */
final class Projection {

    private static final Difference NONE = new Difference.None();
    private static final Difference AHEAD = new Difference.NodeAhead();

    private final ChangeHistory history;
    private Position head = Position.NONE;
    private EntryTree entries = EntryTree.empty();
    private @Nullable List<StoredResource> all;

    Projection(int historyLimit) {
        this.history = new ChangeHistory(historyLimit);
    }

    synchronized Position head() {
        return head;
    }

    /**
     * Takes over a view, with its secrets decrypted: nodes have no keys. A view of another store, or one that goes back, starts anew:
     * no node's position means anything in it. One of the same revision may differ, too: a secret it refers to has another value. Time
     * grows with what changed.
     */
    synchronized void advance(MirrorView view) {
        boolean continued = view.storeId().equals(head.storeId()) && view.revision() >= head.revision();
        var next = view.plain().entries();
        var digest = head.digest();
        var changed = new HashSet<ResourceKey>();
        for (var difference : entries.differencesTo(next)) {
            var key = ResourceKey.ofPath(difference.path()).orElse(null);
            if (key != null) {
                digest = plus(minus(digest, key, difference.before()), key, difference.after());
                changed.add(key);
            }
        }
        entries = next;
        if (continued && view.revision() == head.revision() && changed.isEmpty()) {
            return;
        }
        move(new Position(view.storeId(), view.revision(), digest), changed, continued);
    }

    private void move(Position next, Set<ResourceKey> changed, boolean continued) {
        head = next;
        if (!changed.isEmpty()) {
            all = null;
        }
        if (continued) {
            history.record(next, changed);
        } else {
            history.restart(next);
        }
    }

    /**
     * What a node needs to get to the head.
     *
     * @param everything whether what the node says of itself is not to be believed
     */
    synchronized Difference from(Position node, boolean everything) {
        if (!head.known()) {
            return NONE;
        }
        if (everything || !node.storeId().equals(head.storeId())) {
            return snapshot();
        }
        if (node.digest().equals(head.digest())) {
            return node.revision() >= head.revision() ? NONE : delta(node, Set.of());
        }
        if (node.revision() > head.revision()) {
            return AHEAD;
        }
        return history.since(node).map(changed -> delta(node, changed)).orElseGet(this::snapshot);
    }

    private Difference snapshot() {
        var resourcesNow = all;
        if (resourcesNow == null) {
            resourcesNow = resources();
            all = resourcesNow;
        }
        return new Difference.Snapshot(head, resourcesNow);
    }

    private List<StoredResource> resources() {
        var found = new ArrayList<StoredResource>(entries.size());
        for (var entry : entries.entries()) {
            ResourceKey.ofPath(entry.path()).ifPresent(key -> found.add(resourceOf(key, entry)));
        }
        return List.copyOf(found);
    }

    private Difference delta(Position node, Set<ResourceKey> changed) {
        var puts = new ArrayList<StoredResource>();
        var removals = new ArrayList<ResourceKey>();
        for (var key : changed) {
            var entry = entries.get(key.path());
            if (entry == null) {
                removals.add(key);
            } else {
                puts.add(resourceOf(key, entry));
            }
        }
        return new Difference.Delta(node.revision(), head, puts, removals);
    }

    private static StoredResource resourceOf(ResourceKey key, StoredEntry entry) {
        return new StoredResource(key, entry.createRevision(), entry.modRevision(), entry.value());
    }

    private static StateDigest plus(StateDigest digest, ResourceKey key, @Nullable StoredEntry entry) {
        return entry == null
                ? digest
                : digest.plus(key.kind().directory(), key.id(), entry.modRevision(), entry.value());
    }

    private static StateDigest minus(StateDigest digest, ResourceKey key, @Nullable StoredEntry entry) {
        return entry == null
                ? digest
                : digest.minus(key.kind().directory(), key.id(), entry.modRevision(), entry.value());
    }
}
