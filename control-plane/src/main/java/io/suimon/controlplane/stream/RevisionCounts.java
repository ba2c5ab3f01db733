package io.suimon.controlplane.stream;

import java.util.TreeMap;

/**
 * How many connected nodes run each revision, so that who waits for one need not look at every node after every acknowledgement. Not
 * thread-safe; the registry's lock guards it.
 */
final class RevisionCounts {

    private final TreeMap<Long, Integer> nodes = new TreeMap<>();

    void add(long revision) {
        nodes.merge(revision, 1, Integer::sum);
    }

    void remove(long revision) {
        nodes.computeIfPresent(revision, (key, count) -> count == 1 ? null : count - 1);
    }

    /** Nodes that run this revision or a later one. */
    int atLeast(long revision) {
        return nodes.tailMap(revision).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }
}
