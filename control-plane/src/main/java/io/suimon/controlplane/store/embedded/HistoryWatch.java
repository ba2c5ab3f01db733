package io.suimon.controlplane.store.embedded;

import io.suimon.controlplane.store.ConfigStore;
import io.suimon.controlplane.store.StoreWatcher;
import io.suimon.controlplane.store.StoreWatcher.Ending;
import java.time.Duration;

/** One watcher's way through the history, on a virtual thread of its own. */
final class HistoryWatch implements ConfigStore.Watch {

    private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(5);

    private final History history;
    private final StoreWatcher watcher;
    private volatile boolean closed;

    private HistoryWatch(History history, StoreWatcher watcher) {
        this.history = history;
        this.watcher = watcher;
    }

    static HistoryWatch start(History history, long after, StoreWatcher watcher) {
        var watch = new HistoryWatch(history, watcher);
        Thread.ofVirtual().name("store-watch").start(() -> watch.run(after));
        return watch;
    }

    /** A watch that cannot be: it ends at once. */
    static HistoryWatch lost(History history, String reason, StoreWatcher watcher) {
        var watch = new HistoryWatch(history, watcher);
        Thread.ofVirtual().name("store-watch").start(() -> watcher.ended(Ending.HISTORY_LOST, reason));
        return watch;
    }

    private void run(long after) {
        long seen = after;
        // The first look does not wait: it tells the watcher at once that the watch is alive.
        long wait = 0;
        try {
            while (!closed) {
                var next = history.await(seen, () -> closed, wait);
                wait = PROGRESS_INTERVAL.toNanos();
                if (closed) {
                    return;
                }
                switch (next) {
                    case History.Next.Changes(var revision, var events) -> {
                        watcher.changed(revision, events);
                        seen = revision;
                    }
                    case History.Next.Nothing() -> watcher.progressed(seen);
                    case History.Next.Lost(var reason) -> {
                        watcher.ended(Ending.HISTORY_LOST, reason);
                        return;
                    }
                    case History.Next.Closed() -> {
                        watcher.ended(Ending.CLOSED, "the store was closed");
                        return;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            watcher.ended(Ending.INTERRUPTED, "the watch was interrupted");
        }
    }

    @Override
    public void close() {
        closed = true;
        history.wake();
    }
}
