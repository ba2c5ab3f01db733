package io.suimon.controlplane.stream;

import io.suimon.engine.resource.ResourceKey;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which resources changed lately, step by step; keys only, as values are read from the newest state.
 *
 * <p>Bounded by the number of keys it holds: older steps are forgotten, and a node that was there gets a snapshot. Not thread-safe;
 * its {@link Projection} guards it.
 */
final class ChangeHistory {

    private final int limit;
    private final ArrayDeque<Step> steps = new ArrayDeque<>();
    private Position start = Position.NONE;
    private int weight;

    /** A step of the projection: what changed on the way to a position. */
    private record Step(Position reached, Set<ResourceKey> changed) {

        /** A step without changes takes room, too. */
        int weight() {
            return Math.max(1, changed.size());
        }
    }

    /**
     * @param limit keys remembered, at most
     */
    ChangeHistory(int limit) {
        this.limit = limit;
    }

    /** Forgets everything and begins here. */
    void restart(Position position) {
        steps.clear();
        weight = 0;
        start = position;
    }

    void record(Position reached, Set<ResourceKey> changed) {
        var step = new Step(reached, Set.copyOf(changed));
        steps.addLast(step);
        weight += step.weight();
        while (weight > limit) {
            var oldest = steps.removeFirst();
            weight -= oldest.weight();
            start = oldest.reached();
        }
    }

    /**
     * What changed since a node's position; empty when that is not known, or when the node is not what it should be there.
     *
     * <p>A revision between two steps is one that another control plane stopped at. Everything of the step around it is then
     * counted as changed: more than needed, never less. Several steps may have reached one revision: secrets change without one.
     */
    Optional<Set<ResourceKey>> since(Position node) {
        var changed = new HashSet<ResourceKey>();
        boolean seen = false;
        for (var newest = steps.descendingIterator(); newest.hasNext(); ) {
            var step = newest.next();
            if (step.reached().equals(node)) {
                return Optional.of(changed);
            }
            if (step.reached().revision() < node.revision()) {
                return seen ? Optional.empty() : Optional.of(changed);
            }
            seen |= step.reached().revision() == node.revision();
            changed.addAll(step.changed());
        }
        boolean isBetween = start.revision() < node.revision() && !seen;
        return isBetween || start.equals(node) ? Optional.of(changed) : Optional.empty();
    }
}
