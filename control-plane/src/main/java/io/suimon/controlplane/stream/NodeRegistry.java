package io.suimon.controlplane.stream;

import io.suimon.proto.sync.v1.Ack;
import io.suimon.proto.sync.v1.Hello;
import io.suimon.proto.sync.v1.NodeStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Knows which node is connected, what it runs, what it refused, and which nodes are gone. Thread-safe; forgets everything when the
 * process ends, and the nodes tell it again.
 */
public final class NodeRegistry {

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Entry> connected = new TreeMap<>();
    private final RevisionCounts revisions = new RevisionCounts();
    private final GoneNodes gone;
    private final HeadTimes heads = new HeadTimes();

    private record Entry(NodeSession session, TrackedNode node) {}

    /**
     * @param goneLimit nodes that are gone and still listed; the longest gone are forgotten first
     */
    public NodeRegistry(InstantSource clock, int goneLimit) {
        this.clock = clock;
        this.gone = new GoneNodes(goneLimit);
    }

    /** Everything known, now. */
    public NodeListing listing() {
        return locked(() -> {
            var now = clock.instant();
            return new NodeListing(
                    connected.values().stream()
                            .map(entry -> entry.node().describe(heads, now))
                            .toList(),
                    gone.describe(heads, now));
        });
    }

    /** How far a revision has come, now. */
    public Propagation propagation(long revision) {
        return locked(() -> {
            var report = new PropagationReport(revision, heads);
            connected.values().forEach(entry -> report.connected(entry.node()));
            gone.lostBehind(revision).forEach(report::lost);
            return report.whole();
        });
    }

    /**
     * Waits until enough nodes run a revision, or for as long as allowed. A node that is lost meanwhile still counts, as one that does
     * not run it; one that says goodbye does not.
     *
     * @param enough asked again after each acknowledgement and whenever a node comes or goes
     * @return how many do
     */
    public Reach awaitApplied(long revision, Predicate<Reach> enough, Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            var begin = clock.instant();
            var now = reach(revision, begin);
            while (!enough.test(now) && left > 0) {
                left = changed.awaitNanos(left);
                now = reach(revision, begin);
            }
            return now;
        } finally {
            lock.unlock();
        }
    }

    private Reach reach(long revision, Instant begin) {
        return new Reach(
                revisions.atLeast(revision),
                connected.size() + gone.lostSince(begin, id -> !connected.containsKey(id)));
    }

    /** This process has a revision that nodes do not have yet. */
    void headMoved(long revision) {
        locked(() -> heads.reached(revision, clock.instant()));
    }

    /** Takes in a node that said hello. Returns the session it had before, which is over now. */
    @Nullable
    NodeSession arrived(NodeSession session, Hello hello) {
        lock.lock();
        try {
            var id = hello.getNodeId();
            var older = connected.get(id);
            var earlier = older != null ? older.node() : gone.forget(id);
            int replaced = (earlier == null ? 0 : earlier.replaced()) + (older == null ? 0 : 1);
            var node = new TrackedNode(hello, clock.instant(), earlier, replaced);
            connected.put(id, new Entry(session, node));
            if (older != null) {
                revisions.remove(older.node().revision());
            }
            revisions.add(node.revision());
            changed.signalAll();
            return older == null ? null : older.session();
        } finally {
            lock.unlock();
        }
    }

    void acknowledged(NodeSession session, String id, Ack ack) {
        update(session, id, node -> {
            revisions.remove(node.revision());
            node.acknowledged(ack, clock.instant());
            revisions.add(node.revision());
            changed.signalAll();
        });
    }

    void reported(NodeSession session, String id, NodeStatus status) {
        update(session, id, node -> node.reported(status, clock.instant()));
    }

    /**
     * The session is over. One that was replaced before changes nothing.
     *
     * @param how {@code LEFT} or {@code LOST}
     */
    void ended(NodeSession session, String id, Node.State how) {
        update(session, id, node -> {
            connected.remove(id);
            revisions.remove(node.revision());
            node.gone(how, clock.instant());
            gone.add(node);
            changed.signalAll();
        });
    }

    /** Does something with a node, unless a newer session has taken this one's place. */
    private void update(NodeSession session, String id, Consumer<TrackedNode> action) {
        locked(() -> {
            var entry = connected.get(id);
            if (entry != null && entry.session() == session) {
                action.accept(entry.node());
            }
        });
    }

    /** Nodes connected. */
    public int size() {
        return locked(connected::size);
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
