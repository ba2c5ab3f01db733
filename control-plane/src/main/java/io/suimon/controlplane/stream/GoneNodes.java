package io.suimon.controlplane.stream;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The nodes that were connected last and are not any more; bounded. Not thread-safe; the registry's lock guards it. */
final class GoneNodes {

    private final int limit;
    private final ArrayDeque<TrackedNode> nodes = new ArrayDeque<>();

    /** @param limit the longest gone beyond it are forgotten */
    GoneNodes(int limit) {
        this.limit = limit;
    }

    void add(TrackedNode node) {
        nodes.addFirst(node);
        while (nodes.size() > limit) {
            nodes.removeLast();
        }
    }

    /** Takes out a node that came back; null when it is not known. */
    @Nullable
    TrackedNode forget(String id) {
        for (Iterator<TrackedNode> each = nodes.iterator(); each.hasNext(); ) {
            var node = each.next();
            if (node.id().equals(id)) {
                each.remove();
                return node;
            }
        }
        return null;
    }

    /** How many have been lost since a moment. */
    int lostSince(Instant moment, Predicate<String> counts) {
        return (int) nodes.stream()
                .filter(node -> node.lostSince(moment) && counts.test(node.id()))
                .count();
    }

    /** Those that were lost before they ran a revision; the last ones first. */
    List<TrackedNode> lostBehind(long revision) {
        return nodes.stream()
                .filter(node -> node.lostSince(Instant.MIN) && node.revision() < revision)
                .toList();
    }

    List<Node> describe(HeadTimes heads, Instant now) {
        return nodes.stream().map(node -> node.describe(heads, now)).toList();
    }
}
