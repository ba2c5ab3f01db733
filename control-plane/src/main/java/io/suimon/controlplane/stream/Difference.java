package io.suimon.controlplane.stream;

import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.StoredResource;
import java.util.List;

/** What stands between a node and the head of the projection. */
sealed interface Difference {

    /** Nothing: the node is there, or nobody knows yet where that is. */
    record None() implements Difference {}

    /** The node has seen more of the store than this process; what it has is newer than anything to send. */
    record NodeAhead() implements Difference {}

    /** The node needs everything. */
    record Snapshot(Position target, List<StoredResource> resources) implements Difference {}

    /**
     * The node needs what changed.
     *
     * @param removals keys that the node need not have
     */
    record Delta(long from, Position target, List<StoredResource> puts, List<ResourceKey> removals)
            implements Difference {

        /** Whether only the revision moved. */
        boolean isEmpty() {
            return puts.isEmpty() && removals.isEmpty();
        }
    }
}
