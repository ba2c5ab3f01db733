package io.suimon.dataplane.health;

import java.util.ArrayDeque;
import java.util.Deque;

/** Begins probes as soon as there is room: so many in all, so many of each upstream, and the upstreams take turns. */
final class Prober {

    private final ProbeLoop loop;
    private final int most;
    private final Deque<ProbeLane> ready = new ArrayDeque<>();
    private int running;
    private boolean beginning;

    /** @param most probes at a time */
    Prober(ProbeLoop loop, int most) {
        this.loop = loop;
        this.most = most;
    }

    boolean isIdle() {
        return running == 0;
    }

    /** Has a node probed. */
    void enqueue(ProbedNode node) {
        node.lane().add(node);
        queue(node.lane());
        begin();
    }

    /** A probe is over. */
    void ended(ProbedNode node) {
        running--;
        node.lane().ended();
        queue(node.lane());
        begin();
    }

    private void queue(ProbeLane lane) {
        if (lane.mayQueue()) {
            ready.add(lane);
        }
    }

    private void begin() {
        if (beginning) {
            return; // a probe that ended at once: whoever began it goes on
        }
        beginning = true;
        while (running < most && !ready.isEmpty()) {
            var lane = ready.remove();
            var node = lane.begin();
            running++;
            queue(lane);
            new Probe(loop, this, node).start();
        }
        beginning = false;
    }
}
