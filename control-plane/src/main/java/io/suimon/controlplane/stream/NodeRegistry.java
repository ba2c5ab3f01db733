package io.suimon.controlplane.stream;

import io.suimon.proto.sync.v1.Ack;
import io.suimon.proto.sync.v1.Hello;
import io.suimon.proto.sync.v1.NodeStatus;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Knows which node is connected, what it runs, what it refused, and which nodes are gone. Thread-safe; forgets everything when the
 * process ends, and the nodes tell it again.
 */
public final class NodeRegistry {

    private final InstantSource clock;
    private final int goneLimit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Entry> connected = new TreeMap<>();
    private final ArrayDeque<TrackedNode> gone = new ArrayDeque<>();

    private record Entry(NodeSession session, TrackedNode node) {}

    /**
     * @param goneLimit nodes that are gone and still listed; the longest gone are forgotten first
     */
    public NodeRegistry(InstantSource clock, int goneLimit) {
        this.clock = clock;
        this.goneLimit = goneLimit;
    }

    /** Everything known, now. */
    public NodeListing listing() {
        lock.lock();
        try {
            var now = clock.instant();
            return new NodeListing(
                    connected.values().stream()
                            .map(entry -> entry.node().describe(now))
                            .toList(),
                    gone.stream().map(node -> node.describe(now)).toList());
        } finally {
            lock.unlock();
        }
    }

    /** How far a revision has come, now. */
    public Propagation propagation(long revision) {
        lock.lock();
        try {
            var applied = new ArrayList<String>();
            var pending = new ArrayList<String>();
            var rejecting = new ArrayList<String>();
            for (var entry : connected.values()) {
                var node = entry.node();
                (node.revision() >= revision ? applied : pending).add(node.id());
                if (node.revision() >= revision && node.rejects()) {
                    rejecting.add(node.id());
                }
            }
            return new Propagation(revision, applied, pending, rejecting);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until a revision has come far enough, or for as long as allowed.
     *
     * @param enough asked again after each acknowledgement and whenever a node comes or goes
     * @return how far it came
     */
    public Propagation awaitApplied(long revision, Predicate<Propagation> enough, Duration atMost)
            throws InterruptedException {
        long left = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            var now = propagation(revision);
            while (!enough.test(now) && left > 0) {
                left = changed.awaitNanos(left);
                now = propagation(revision);
            }
            return now;
        } finally {
            lock.unlock();
        }
    }

    /** Takes in a node that said hello. Returns the session it had before, which is over now. */
    @Nullable
    NodeSession arrived(NodeSession session, Hello hello) {
        lock.lock();
        try {
            var id = hello.getNodeId();
            var older = connected.get(id);
            int replaced = older != null ? older.node().replaced() + 1 : forget(id);
            connected.put(id, new Entry(session, new TrackedNode(hello, clock.instant(), replaced)));
            changed.signalAll();
            return older == null ? null : older.session();
        } finally {
            lock.unlock();
        }
    }

    private int forget(String id) {
        for (Iterator<TrackedNode> each = gone.iterator(); each.hasNext(); ) {
            var node = each.next();
            if (node.id().equals(id)) {
                each.remove();
                return node.replaced();
            }
        }
        return 0;
    }

    void acknowledged(NodeSession session, String id, Ack ack) {
        lock.lock();
        try {
            var entry = connected.get(id);
            if (entry != null && entry.session() == session) {
                entry.node().acknowledged(ack, clock.instant());
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    void reported(NodeSession session, String id, NodeStatus status) {
        lock.lock();
        try {
            var entry = connected.get(id);
            if (entry != null && entry.session() == session) {
                entry.node().reported(status);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The session is over. One that was replaced before changes nothing. */
    void left(NodeSession session, String id) {
        lock.lock();
        try {
            var entry = connected.get(id);
            if (entry == null || entry.session() != session) {
                return;
            }
            connected.remove(id);
            entry.node().gone(clock.instant());
            gone.addFirst(entry.node());
            while (gone.size() > goneLimit) {
                gone.removeLast();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nodes connected. */
    public int size() {
        lock.lock();
        try {
            return connected.size();
        } finally {
            lock.unlock();
        }
    }
}
