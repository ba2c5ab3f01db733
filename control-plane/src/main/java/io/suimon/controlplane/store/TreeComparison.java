package io.suimon.controlplane.store;

import io.suimon.controlplane.store.EntryTree.Difference;
import io.suimon.controlplane.store.EntryTree.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks two trees in step, in order, and passes by the parts that they share: those are the same objects, wherever in the trees they
 * hang. Used once, by one thread.
 */
final class TreeComparison {

    private final Walk before;
    private final Walk after;
    private final List<Difference> found = new ArrayList<>();

    private TreeComparison(@Nullable Node before, @Nullable Node after) {
        this.before = new Walk(before);
        this.after = new Walk(after);
    }

    static List<Difference> between(@Nullable Node before, @Nullable Node after) {
        var comparison = new TreeComparison(before, after);
        while (!comparison.before.ended() || !comparison.after.ended()) {
            comparison.step();
        }
        return comparison.found;
    }

    private void step() {
        if (before.part() != null && before.part() == after.part()) {
            before.pass();
            after.pass();
        } else if (before.height() > 0 || after.height() > 0) {
            (before.height() >= after.height() ? before : after).open();
        } else {
            compare();
        }
    }

    private void compare() {
        var left = before.entry();
        var right = after.entry();
        int order = left == null ? 1 : right == null ? -1 : left.path().compareTo(right.path());
        if (order <= 0) {
            before.pass();
        }
        if (order >= 0) {
            after.pass();
        }
        if (order < 0 && left != null) {
            found.add(new Difference(left.path(), left, null));
        } else if (order > 0 && right != null) {
            found.add(new Difference(right.path(), null, right));
        } else if (left != null && right != null && !left.equals(right)) {
            found.add(new Difference(left.path(), left, right));
        }
    }

    /** What one tree still has to show: closed parts, and single entries of opened ones; what comes first lies on top. */
    private static final class Walk {

        private final Deque<Item> ahead = new ArrayDeque<>();

        private record Item(Node node, boolean opened) {}

        Walk(@Nullable Node root) {
            push(root, false);
        }

        private void push(@Nullable Node node, boolean opened) {
            if (node != null) {
                ahead.push(new Item(node, opened));
            }
        }

        boolean ended() {
            return ahead.isEmpty();
        }

        /** The closed part that comes first; null when an entry does, or nothing. */
        @Nullable
        Node part() {
            var first = ahead.peek();
            return first == null || first.opened() ? null : first.node();
        }

        /** How high that part is; 0 where there is none. */
        int height() {
            var part = part();
            return part == null ? 0 : part.height;
        }

        /** The entry that comes first; null at the end. No closed part may come first. */
        @Nullable
        StoredEntry entry() {
            var first = ahead.peek();
            return first == null ? null : first.node().entry;
        }

        void open() {
            var node = ahead.pop().node();
            push(node.right, false);
            push(node, true);
            push(node.left, false);
        }

        void pass() {
            ahead.pop();
        }
    }
}
