package io.suimon.dataplane.control;

/** Whether a node can carry traffic. Asked on an event loop at each probe, so it never blocks. */
@FunctionalInterface
public interface Readiness {

    /** Why it cannot yet, for people; empty when it can: {@code has not received configuration}. */
    String missing();
}
