package io.suimon.controlplane.store.embedded;

import io.suimon.controlplane.store.StoreEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** The last revisions' changes, as many as its limits allow; watchers read them at their own pace. Thread-safe. */
final class History {

    /** What a watcher finds. */
    sealed interface Next {
        /** All changes up to the head. */
        record Changes(long revision, List<StoreEvent> events) implements Next {}

        /** Nothing new; the watch was left, or waited long enough. */
        record Nothing() implements Next {}

        /** What follows the watcher's revision is no longer kept, or never was. */
        record Lost(String reason) implements Next {}

        /** The store was closed. */
        record Closed() implements Next {}
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition advanced = lock.newCondition();
    private final int maxRevisions;
    private final long maxBytes;
    // All guarded by the lock.
    private final ArrayDeque<Change> changes = new ArrayDeque<>();
    private long bytes;
    private long first;
    private long head;
    private boolean closed;

    /** @param head the revision history begins after */
    History(long head, int maxRevisions, long maxBytes) {
        this.first = head;
        this.head = head;
        this.maxRevisions = maxRevisions;
        this.maxBytes = maxBytes;
    }

    void append(List<Change> added) {
        lock.lock();
        try {
            for (var change : added) {
                changes.add(change);
                bytes += change.bytes();
                head = change.revision();
            }
            while (changes.size() > maxRevisions || bytes > maxBytes) {
                var oldest = changes.remove();
                bytes -= oldest.bytes();
                first = oldest.revision();
            }
            advanced.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Forgets everything: the store was read anew and is now at this revision. */
    void restart(long revision) {
        lock.lock();
        try {
            changes.clear();
            bytes = 0;
            first = revision;
            head = revision;
            advanced.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is something after a revision, the watcher leaves, or the time is over. */
    Next await(long after, BooleanSupplier left, long atMostNanos) throws InterruptedException {
        lock.lock();
        try {
            long remaining = atMostNanos;
            while (head == after && !closed && !left.getAsBoolean() && remaining > 0) {
                remaining = advanced.awaitNanos(remaining);
            }
            return closed ? new Next.Closed() : after(after);
        } finally {
            lock.unlock();
        }
    }

    private Next after(long after) {
        if (after > head) {
            return new Next.Lost("the store is at revision " + head + ", not yet at " + after);
        }
        if (after < first) {
            return new Next.Lost("history begins after revision " + first + ", later than " + after);
        }
        if (after == head) {
            return new Next.Nothing();
        }
        var newestFirst = new ArrayList<Change>();
        var backwards = changes.descendingIterator();
        while (backwards.hasNext()) {
            var change = backwards.next();
            if (change.revision() <= after) {
                break;
            }
            newestFirst.add(change);
        }
        var events = new ArrayList<StoreEvent>();
        newestFirst.reversed().forEach(change -> events.addAll(change.events()));
        return new Next.Changes(head, List.copyOf(events));
    }

    /** Lets everyone who waits look again whether it left. */
    void wake() {
        lock.lock();
        try {
            advanced.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            advanced.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
