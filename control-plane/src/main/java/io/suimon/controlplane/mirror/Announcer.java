package io.suimon.controlplane.mirror;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Tells listeners of the newest view, on one thread of its own: whoever is slow skips views, and holds up no reader of the store. */
final class Announcer {

    private static final Logger LOG = Logger.getLogger(Announcer.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    // All guarded by the lock.
    private final List<Mirror.Listener> listeners = new ArrayList<>();
    private final List<Mirror.Listener> newcomers = new ArrayList<>();
    private MirrorView newest;
    private boolean untold;
    private boolean closed;

    Announcer(MirrorView first) {
        this.newest = first;
    }

    void start() {
        Thread.ofVirtual().name("mirror-announcer").start(this::run);
    }

    void announce(MirrorView view) {
        lock.lock();
        try {
            newest = view;
            untold = true;
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    void add(Mirror.Listener listener) {
        lock.lock();
        try {
            newcomers.add(listener);
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        var audience = new ArrayList<Mirror.Listener>();
        for (var view = next(audience); view != null; view = next(audience)) {
            for (var listener : audience) {
                tell(listener, view);
            }
        }
    }

    /** Waits for a view that someone was not told of, and fills in whom to tell; null when closed. */
    private @Nullable MirrorView next(List<Mirror.Listener> audience) {
        lock.lock();
        try {
            while (!closed && !untold && newcomers.isEmpty()) {
                news.awaitUninterruptibly();
            }
            audience.clear();
            if (untold) {
                audience.addAll(listeners);
            }
            audience.addAll(newcomers);
            listeners.addAll(newcomers);
            newcomers.clear();
            untold = false;
            return closed ? null : newest;
        } finally {
            lock.unlock();
        }
    }

    private static void tell(Mirror.Listener listener, MirrorView view) {
        try {
            listener.advanced(view);
        } catch (RuntimeException e) {
            // A defect in one listener must not keep the configuration from all others.
            LOG.error("A listener failed at " + view, e);
        }
    }
}
