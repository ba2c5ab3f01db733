package io.suimon.controlplane.mirror;

import io.suimon.controlplane.store.ConfigStore;
import io.suimon.controlplane.store.StoreEvent;
import io.suimon.controlplane.store.StoreUnavailableException;
import io.suimon.controlplane.store.StoreWatcher;
import io.suimon.controlplane.store.StoredEntry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The mirror of a {@link ConfigStore}: lists it once, then watches it; a broken watch is resumed with the last change that is known, and
 * only lost history, or another one, leads to a new list. Starts empty and gets there by itself when the store cannot be reached.
 *
 * <p>One virtual thread follows the store; watch events are applied on the store's thread, under the lock.
 */
public final class StoreMirror implements Mirror, AutoCloseable {

    /** How long a frozen mirror waits before it looks whether the store is what it was. */
    private static final Duration FROZEN_PAUSE = Duration.ofSeconds(5);

    private final ConfigStore store;
    private final UnaryOperator<StoredEntry> opening;
    private final LossLimit lossLimit;
    private final Announcer announcer;
    private final Pause pause;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // Written under the lock.
    private volatile TreeView view = TreeView.EMPTY;
    private @Nullable Follower follower;
    private final Vitals vitals;
    private boolean accepting;
    private boolean closed;

    /**
     * @param opening decrypts an entry, and gives back the very entry when it has no secret; asked once per revision of each
     * @param lossLimit what may be gone at once before the view freezes
     * @param staleAfter silence of the watch after which the view counts as stale
     * @param maxPause the longest pause between two attempts to reach the store
     * @param nanoTime a clock for durations, like {@link System#nanoTime}
     * @param random spreads the pauses
     */
    public StoreMirror(
            ConfigStore store,
            UnaryOperator<StoredEntry> opening,
            LossLimit lossLimit,
            Duration staleAfter,
            Duration maxPause,
            LongSupplier nanoTime,
            RandomGenerator random) {
        this.store = store;
        this.opening = opening;
        this.lossLimit = lossLimit;
        this.vitals = new Vitals(staleAfter, nanoTime);
        this.announcer = new Announcer(view);
        this.pause = new Pause(maxPause, random);
    }

    /** Begins to follow the store; returns at once. */
    public void start() {
        announcer.start();
        Thread.ofVirtual().name("mirror").start(this::follow);
    }

    @Override
    public MirrorView view() {
        return view;
    }

    @Override
    public Optional<String> stale() {
        return ask(Vitals::stale);
    }

    @Override
    public Duration staleFor() {
        return ask(Vitals::staleFor);
    }

    @Override
    public Optional<String> alarm() {
        return ask(Vitals::alarm);
    }

    private <T> T ask(Function<Vitals, T> question) {
        lock.lock();
        try {
            return question.apply(vitals);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Acceptance accept(Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            if (vitals.alarm().isEmpty()) {
                return new Acceptance.NothingToAccept();
            }
            accepting = true;
            changed.signalAll();
            long remaining = atMost.toNanos();
            while (accepting && !closed && remaining > 0) {
                remaining = changed.awaitNanos(remaining);
            }
            accepting = false;
            return vitals.alarm().isEmpty()
                    ? new Acceptance.Accepted(view)
                    : new Acceptance.Unavailable(vitals.stale().orElse("the store was not read in time"));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean await(long revision, Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long remaining = atMost.toNanos();
            while (view.revision() < revision && !closed && remaining > 0) {
                remaining = changed.awaitNanos(remaining);
            }
            return view.revision() >= revision;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void listen(Listener listener) {
        announcer.add(listener);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            vitals.closed();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        announcer.close();
    }

    private void follow() {
        @Nullable Continuation resumed = null;
        try {
            while (!isClosed()) {
                if (resumed == null && !list()) {
                    rest();
                    continue;
                }
                switch (watch(resumed == null ? Continuation.ofList(view) : resumed)) {
                    case INTERRUPTED -> {
                        rest();
                        // An empty store that was listed knows no change that could be told again.
                        resumed = view.latest().isEmpty() ? null : Continuation.ofBrokenWatch(view);
                    }
                    case HISTORY_LOST -> resumed = null;
                    case CLOSED -> close();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Reads the whole store. Returns whether the view is what it holds. */
    private boolean list() {
        try {
            var snapshot = store.list();
            lock.lock();
            try {
                var suspicion = accepting ? Optional.<String>empty() : Suspicion.of(view, snapshot, lossLimit);
                if (suspicion.isPresent()) {
                    vitals.alarmed(suspicion.get(), view);
                    return false;
                }
                accepting = false;
                vitals.calmed();
                show(view.replacedBy(snapshot, opening));
                changed.signalAll();
                return true;
            } finally {
                lock.unlock();
            }
        } catch (StoreUnavailableException e) {
            troubled(String.valueOf(e.getMessage()));
            return false;
        }
    }

    /** Watches until the watch ends; returns how. */
    private StoreWatcher.Ending watch(Continuation continuation) throws InterruptedException {
        var current = new Follower(continuation);
        lock.lock();
        try {
            follower = current;
        } finally {
            lock.unlock();
        }
        var watch = store.watch(continuation.start(), current);
        try {
            return current.awaitEnd();
        } finally {
            watch.close();
        }
    }

    private void rest() throws InterruptedException {
        lock.lock();
        try {
            long remaining = (vitals.alarm().isPresent() ? FROZEN_PAUSE : pause.next()).toNanos();
            while (!closed && !accepting && remaining > 0) {
                remaining = changed.awaitNanos(remaining);
            }
        } finally {
            lock.unlock();
        }
    }

    private void troubled(String reason) {
        lock.lock();
        try {
            if (!closed) {
                vitals.troubled(reason);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Shows a view and notes that the store is well. The caller holds the lock. */
    private void show(TreeView next) {
        if (!closed) {
            vitals.well(next);
        }
        if (next.revision() != view.revision() || !next.tree().equals(view.tree())) {
            view = next;
            changed.signalAll();
            announcer.announce(next);
        }
    }

    /** Takes in one watch's events; one that is no longer current is not heard. */
    private final class Follower implements StoreWatcher {

        // Both guarded by the mirror's lock.
        private final Continuation continuation;
        private @Nullable Ending ending;

        private Follower(Continuation continuation) {
            this.continuation = continuation;
        }

        @Override
        public void changed(long revision, List<StoreEvent> events) {
            lock.lock();
            try {
                if (follower == this && ending == null) {
                    hear(revision, events);
                }
            } finally {
                lock.unlock();
            }
        }

        private void hear(long revision, List<StoreEvent> events) {
            switch (continuation.heard(events)) {
                case Continuation.Heard.News(var news) -> {
                    pause.reset();
                    take(revision, news);
                }
                case Continuation.Heard.Waiting() -> {}
                case Continuation.Heard.Doubt(var reason) -> {
                    vitals.troubled(reason);
                    end(Ending.HISTORY_LOST);
                }
            }
        }

        private void take(long revision, List<StoreEvent> events) {
            var advance = Advance.of(view, revision, events, lossLimit, opening);
            show(advance.view());
            advance.loss().ifPresent(loss -> {
                vitals.alarmed(loss, view);
                end(Ending.HISTORY_LOST);
            });
        }

        private void end(Ending how) {
            ending = ending == null ? how : ending;
            changed.signalAll();
        }

        @Override
        public void progressed(long revision) {
            changed(revision, List.of());
        }

        @Override
        public void ended(Ending how, String reason) {
            troubled(reason);
            lock.lock();
            try {
                end(how);
            } finally {
                lock.unlock();
            }
        }

        Ending awaitEnd() throws InterruptedException {
            lock.lock();
            try {
                while (ending == null && !closed) {
                    changed.await();
                }
                return ending == null ? Ending.CLOSED : ending;
            } finally {
                lock.unlock();
            }
        }
    }
}
