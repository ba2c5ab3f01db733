package io.suimon.engine.routing;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A map from byte strings, found by following them: a radix tree. Immutable: a change copies the nodes on one way down and shares
 * all others.
 *
 * <p>Each string has two places: one for itself, and one for everything that begins with it. What it costs to find something
 * depends on the length of the string, never on how many there are or how they were chosen.
 */
final class ByteTrie<V> {

    /** Which of a string's two places. */
    enum Place {
        EXACT,
        PREFIX
    }

    private static final byte[] NO_BYTES = {};

    /** Children are sorted by the first byte of their labels; {@code first} holds these bytes. */
    static final class Node<V> {

        final byte[] label;
        final @Nullable V exact;
        final @Nullable V prefix;
        private final byte[] first;
        private final Node<V>[] children;

        Node(byte[] label, @Nullable V exact, @Nullable V prefix, byte[] first, Node<V>[] children) {
            this.label = label;
            this.exact = exact;
            this.prefix = prefix;
            this.first = first;
            this.children = children;
        }

        @Nullable
        Node<V> child(byte b) {
            int index = Arrays.binarySearch(first, b);
            return index < 0 ? null : children[index];
        }

        private Node<V> labelled(byte[] other) {
            return new Node<>(other, exact, prefix, first, children);
        }

        private Node<V> with(Place place, @Nullable V value) {
            return place == Place.EXACT
                    ? new Node<>(label, value, prefix, first, children)
                    : new Node<>(label, exact, value, first, children);
        }

        private Node<V> withChild(byte b, @Nullable Node<V> child) {
            int index = Arrays.binarySearch(first, b);
            if (index >= 0 && child != null) {
                var changed = children.clone();
                changed[index] = child;
                return new Node<>(label, exact, prefix, first, changed);
            }
            if (child == null) {
                return index < 0 ? this : withoutChild(index);
            }
            int at = -index - 1;
            byte[] bytes = Arrays.copyOf(first, first.length + 1);
            var nodes = Arrays.copyOf(children, children.length + 1);
            System.arraycopy(first, at, bytes, at + 1, first.length - at);
            System.arraycopy(children, at, nodes, at + 1, children.length - at);
            bytes[at] = b;
            nodes[at] = child;
            return new Node<>(label, exact, prefix, bytes, nodes);
        }

        private Node<V> withoutChild(int index) {
            byte[] bytes = Arrays.copyOf(first, first.length - 1);
            var nodes = Arrays.copyOf(children, children.length - 1);
            System.arraycopy(first, index + 1, bytes, index, bytes.length - index);
            System.arraycopy(children, index + 1, nodes, index, nodes.length - index);
            return new Node<>(label, exact, prefix, bytes, nodes);
        }

        /** This node as small as it can be: nothing when it holds nothing, one with its only child. */
        private @Nullable Node<V> compact() {
            if (exact != null || prefix != null || children.length > 1) {
                return this;
            }
            if (children.length == 0) {
                return null;
            }
            byte[] joined = Arrays.copyOf(label, label.length + children[0].label.length);
            System.arraycopy(children[0].label, 0, joined, label.length, children[0].label.length);
            return children[0].labelled(joined);
        }

        private void forEach(Consumer<V> consumer) {
            if (exact != null) {
                consumer.accept(exact);
            }
            if (prefix != null) {
                consumer.accept(prefix);
            }
            for (var child : children) {
                child.forEach(consumer);
            }
        }
    }

    private final Node<V> root;

    private ByteTrie(Node<V> root) {
        this.root = root;
    }

    static <V> ByteTrie<V> empty() {
        return new ByteTrie<>(leaf(NO_BYTES));
    }

    @SuppressWarnings("unchecked") // no array of nodes of a certain kind can be made
    private static <V> Node<V> leaf(byte[] label) {
        return new Node<>(label, null, null, NO_BYTES, (Node<V>[]) new Node<?>[0]);
    }

    /** The node of the empty string. */
    Node<V> root() {
        return root;
    }

    boolean isEmpty() {
        return root.exact == null && root.prefix == null && root.children.length == 0;
    }

    /** Shows every value. */
    void forEach(Consumer<V> consumer) {
        root.forEach(consumer);
    }

    /** The value of exactly this string, or null. */
    @Nullable
    V get(byte[] key) {
        var node = root;
        int at = 0;
        while (at < key.length) {
            node = node.child(key[at]);
            if (node == null || !startsWith(key, at, node.label)) {
                return null;
            }
            at += node.label.length;
        }
        return node.exact;
    }

    private static boolean startsWith(byte[] key, int at, byte[] label) {
        return key.length - at >= label.length && Arrays.equals(key, at, at + label.length, label, 0, label.length);
    }

    /**
     * Changes one value.
     *
     * @param change is given the value there, or null; null as its answer removes
     */
    ByteTrie<V> update(byte[] key, Place place, UnaryOperator<@Nullable V> change) {
        return new ByteTrie<>(below(root, key, 0, place, change));
    }

    /** A node changed, whose label is part of the way to it. */
    private static <V> Node<V> below(Node<V> node, byte[] key, int at, Place place, UnaryOperator<@Nullable V> change) {
        if (at == key.length) {
            return node.with(place, change.apply(place == Place.EXACT ? node.exact : node.prefix));
        }
        var child = node.child(key[at]);
        if (child == null) {
            var grown = below(leaf(Arrays.copyOfRange(key, at, key.length)), key, key.length, place, change);
            return node.withChild(key[at], grown.compact());
        }
        int common = Arrays.mismatch(child.label, 0, child.label.length, key, at, key.length);
        if (common < 0 || common == child.label.length) {
            var changed = below(child, key, at + child.label.length, place, change);
            return node.withChild(key[at], changed.compact());
        }
        return node.withChild(
                key[at],
                below(split(child, common), key, at + common, place, change).compact());
    }

    private static <V> Node<V> split(Node<V> node, int at) {
        Node<V> upper = leaf(Arrays.copyOf(node.label, at));
        var lower = node.labelled(Arrays.copyOfRange(node.label, at, node.label.length));
        return upper.withChild(lower.label[0], lower);
    }
}
