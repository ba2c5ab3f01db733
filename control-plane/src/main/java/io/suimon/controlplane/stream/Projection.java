package io.suimon.controlplane.stream;

import io.suimon.controlplane.mirror.MirrorView;
import io.suimon.controlplane.store.StoredEntry;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.StoredResource;
import io.suimon.proto.StateDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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

    private final Map<ResourceKey, StoredResource> resources = new HashMap<>();
    private final ChangeHistory history;
    private Position head = Position.NONE;
    private @Nullable List<StoredResource> all;

    Projection(int historyLimit) {
        this.history = new ChangeHistory(historyLimit);
    }

    synchronized Position head() {
        return head;
    }

    /** Takes over a view, with its secrets decrypted: nodes have no keys. A view of another store, or one that goes back, starts anew: no node's position means anything in it. */
    synchronized void advance(MirrorView view) {
        boolean continued = view.storeId().equals(head.storeId()) && view.revision() >= head.revision();
        if (continued && view.revision() == head.revision()) {
            return;
        }
        var digest = head.digest();
        var changed = new HashSet<ResourceKey>();
        var seen = new HashSet<ResourceKey>(Math.max(16, resources.size() * 2));
        for (var entry : view.plain().range("")) {
            var key = ResourceKey.ofPath(entry.path()).orElse(null);
            if (key == null) {
                continue;
            }
            seen.add(key);
            var before = resources.get(key);
            if (before == null || !continued || before.modRevision() != entry.modRevision()) {
                var after = resourceOf(key, entry);
                resources.put(key, after);
                digest = plus(minus(digest, before), after);
                changed.add(key);
            }
        }
        digest = removeAllBut(seen, digest, changed);
        move(new Position(view.storeId(), view.revision(), digest), changed, continued);
    }

    private StateDigest removeAllBut(Set<ResourceKey> seen, StateDigest digest, Set<ResourceKey> changed) {
        if (seen.size() == resources.size()) {
            return digest;
        }
        var rest = digest;
        for (var each = resources.values().iterator(); each.hasNext(); ) {
            var resource = each.next();
            if (!seen.contains(resource.key())) {
                each.remove();
                rest = minus(rest, resource);
                changed.add(resource.key());
            }
        }
        return rest;
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
            resourcesNow = List.copyOf(resources.values());
            all = resourcesNow;
        }
        return new Difference.Snapshot(head, resourcesNow);
    }

    private Difference delta(Position node, Set<ResourceKey> changed) {
        var puts = new ArrayList<StoredResource>();
        var removals = new ArrayList<ResourceKey>();
        for (var key : changed) {
            var resource = resources.get(key);
            if (resource == null) {
                removals.add(key);
            } else {
                puts.add(resource);
            }
        }
        return new Difference.Delta(node.revision(), head, puts, removals);
    }

    private static StoredResource resourceOf(ResourceKey key, StoredEntry entry) {
        return new StoredResource(key, entry.createRevision(), entry.modRevision(), entry.value());
    }

    private static StateDigest plus(StateDigest digest, StoredResource resource) {
        return digest.plus(
                resource.key().kind().directory(), resource.key().id(), resource.modRevision(), resource.json());
    }

    private static StateDigest minus(StateDigest digest, @Nullable StoredResource resource) {
        return resource == null
                ? digest
                : digest.minus(
                        resource.key().kind().directory(),
                        resource.key().id(),
                        resource.modRevision(),
                        resource.json());
    }
}
