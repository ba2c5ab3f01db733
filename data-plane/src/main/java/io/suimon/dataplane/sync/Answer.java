package io.suimon.dataplane.sync;

import io.suimon.proto.sync.v1.Ack;

/** What a message from the control plane calls for. */
sealed interface Answer {

    /** Nothing: more is to come, or all is as it was. */
    record None() implements Answer {}

    /** This node is at another revision now. */
    record Acknowledge(Ack ack) implements Answer {}

    /**
     * The message does not lead to what it says it does: nothing of it was applied, and everything is wanted anew.
     *
     * @param reason for people, on one line
     */
    record Resync(String reason) implements Answer {}
}
