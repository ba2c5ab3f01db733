package io.suimon.controlplane.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An immutable sorted map of entries by path, of which a changed copy shares all but the path to the change: one change among
 * 100,000 entries copies 17 small nodes.
 *
 * <p>Sorted by {@link String#compareTo}. A height-balanced (AVL) tree. Any number of threads read it.
 */
public final class EntryTree {

    private static final EntryTree EMPTY = new EntryTree(null);

    private final @Nullable Node root;

    private EntryTree(@Nullable Node root) {
        this.root = root;
    }

    public static EntryTree empty() {
        return EMPTY;
    }

    /** A tree of these entries, in linear time when they come sorted by path. Of entries with the same path, the last one counts. */
    public static EntryTree of(List<StoredEntry> entries) {
        for (int i = 1; i < entries.size(); i++) {
            if (entries.get(i - 1).path().compareTo(entries.get(i).path()) >= 0) {
                return ofUnsorted(entries);
            }
        }
        return new EntryTree(build(entries, 0, entries.size()));
    }

    private static EntryTree ofUnsorted(List<StoredEntry> entries) {
        var tree = EMPTY;
        for (var entry : entries) {
            tree = tree.with(entry);
        }
        return tree;
    }

    private static @Nullable Node build(List<StoredEntry> sorted, int from, int to) {
        if (from == to) {
            return null;
        }
        int middle = (from + to) >>> 1;
        return new Node(sorted.get(middle), build(sorted, from, middle), build(sorted, middle + 1, to));
    }

    public int size() {
        return size(root);
    }

    /** The entry at this path, or null. */
    public @Nullable StoredEntry get(String path) {
        var node = root;
        while (node != null) {
            int order = path.compareTo(node.entry.path());
            if (order == 0) {
                return node.entry;
            }
            node = order < 0 ? node.left : node.right;
        }
        return null;
    }

    /** This tree with the entry put at its path. */
    public EntryTree with(StoredEntry entry) {
        return new EntryTree(put(root, entry));
    }

    /** This tree without the entry at the path; itself when there is none. */
    public EntryTree without(String path) {
        return get(path) == null ? this : new EntryTree(remove(root, path));
    }

    /** All entries whose path begins with this, in order. */
    public List<StoredEntry> range(String pathPrefix) {
        var found = new ArrayList<StoredEntry>();
        collect(root, pathPrefix, found::add);
        return Collections.unmodifiableList(found);
    }

    /** All entries in order. */
    public List<StoredEntry> entries() {
        var all = new ArrayList<StoredEntry>(size());
        collect(root, "", all::add);
        return Collections.unmodifiableList(all);
    }

    /** What became of each path that has not the same entry in another tree, in order. Time grows with what differs, where one is a changed copy of the other. */
    public List<Difference> differencesTo(EntryTree newer) {
        return TreeComparison.between(root, newer.root);
    }

    /**
     * A path that two trees do not agree on.
     *
     * @param before null where it was not there
     * @param after null where it is no longer there
     */
    public record Difference(
            String path,
            @Nullable StoredEntry before,
            @Nullable StoredEntry after) {}

    private static void collect(@Nullable Node node, String prefix, Consumer<StoredEntry> to) {
        if (node == null) {
            return;
        }
        var path = node.entry.path();
        boolean matches = path.startsWith(prefix);
        boolean beyond = !matches && path.compareTo(prefix) > 0;
        if (matches || beyond) {
            collect(node.left, prefix, to);
        }
        if (matches) {
            to.accept(node.entry);
        }
        if (!beyond) {
            collect(node.right, prefix, to);
        }
    }

    private static Node put(@Nullable Node node, StoredEntry entry) {
        if (node == null) {
            return new Node(entry, null, null);
        }
        int order = entry.path().compareTo(node.entry.path());
        if (order == 0) {
            return new Node(entry, node.left, node.right);
        }
        return order < 0
                ? balanced(node.entry, put(node.left, entry), node.right)
                : balanced(node.entry, node.left, put(node.right, entry));
    }

    private static @Nullable Node remove(@Nullable Node node, String path) {
        if (node == null) {
            return null;
        }
        int order = path.compareTo(node.entry.path());
        if (order < 0) {
            return balanced(node.entry, remove(node.left, path), node.right);
        }
        if (order > 0) {
            return balanced(node.entry, node.left, remove(node.right, path));
        }
        if (node.left == null || node.right == null) {
            return node.left == null ? node.right : node.left;
        }
        var successor = node.right;
        while (successor.left != null) {
            successor = successor.left;
        }
        return balanced(successor.entry, node.left, remove(node.right, successor.entry.path()));
    }

    private static Node balanced(StoredEntry entry, @Nullable Node left, @Nullable Node right) {
        int lean = height(left) - height(right);
        if (left != null && lean > 1) {
            var inner = left.right;
            if (inner != null && height(inner) > height(left.left)) {
                return new Node(
                        inner.entry, new Node(left.entry, left.left, inner.left), new Node(entry, inner.right, right));
            }
            return new Node(left.entry, left.left, new Node(entry, inner, right));
        }
        if (right != null && lean < -1) {
            var inner = right.left;
            if (inner != null && height(inner) > height(right.right)) {
                return new Node(
                        inner.entry,
                        new Node(entry, left, inner.left),
                        new Node(right.entry, inner.right, right.right));
            }
            return new Node(right.entry, new Node(entry, left, inner), right.right);
        }
        return new Node(entry, left, right);
    }

    private static int height(@Nullable Node node) {
        return node == null ? 0 : node.height;
    }

    private static int size(@Nullable Node node) {
        return node == null ? 0 : node.size;
    }

    /** Height of the tree, for the test of its balance. */
    int height() {
        return height(root);
    }

    /** An entry with what sorts before and behind it. */
    static final class Node {
        final StoredEntry entry;
        final @Nullable Node left;
        final @Nullable Node right;
        final int height;
        final int size;

        Node(StoredEntry entry, @Nullable Node left, @Nullable Node right) {
            this.entry = entry;
            this.left = left;
            this.right = right;
            this.height = 1 + Math.max(EntryTree.height(left), EntryTree.height(right));
            this.size = 1 + EntryTree.size(left) + EntryTree.size(right);
        }
    }
}
