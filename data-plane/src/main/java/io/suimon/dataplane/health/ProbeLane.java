package io.suimon.dataplane.health;

import java.util.ArrayDeque;
import java.util.Deque;

/** The probes of one upstream that wait for their beginning, and how many run. */
final class ProbeLane {

    private final int concurrency;
    private final Deque<ProbedNode> waiting = new ArrayDeque<>();
    private int running;
    private boolean queued;

    ProbeLane(int concurrency) {
        this.concurrency = concurrency;
    }

    void add(ProbedNode node) {
        waiting.add(node);
    }

    /** The node whose turn it is; there is one where this {@link #mayQueue may queue}. */
    ProbedNode begin() {
        queued = false;
        running++;
        return waiting.remove();
    }

    void ended() {
        running--;
    }

    /** Whether one of its probes could begin, and it is not in the queue for that. It is from then on. */
    boolean mayQueue() {
        if (queued || running >= concurrency || waiting.isEmpty()) {
            return false;
        }
        queued = true;
        return true;
    }
}
