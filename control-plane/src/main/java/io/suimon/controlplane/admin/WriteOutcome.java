package io.suimon.controlplane.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.engine.resource.ResourceKey;

/** What became of a write. */
sealed interface WriteOutcome {

    /**
     * It is in the store.
     *
     * @param created whether the resource is new
     * @param value as stored
     */
    record Written(ResourceKey key, ObjectNode value, boolean created, long revision) implements WriteOutcome {}

    /** The resource is gone from the store. */
    record Removed(ResourceKey key, long revision) implements WriteOutcome {}

    /** There is no such resource; nothing was written. */
    record Absent() implements WriteOutcome {}

    /** Nothing was written; the message is for people. */
    record Refused(int status, String message) implements WriteOutcome {}

    /** Others changed the same resources again and again; nothing was written. */
    record Contended() implements WriteOutcome {}

    /**
     * The store did not answer as it should.
     *
     * @param mayTakeEffect whether the write may have been carried out all the same, now or later
     */
    record Unavailable(String reason, boolean mayTakeEffect) implements WriteOutcome {}
}
