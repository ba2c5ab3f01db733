package io.suimon.dataplane.discovery;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.suimon.dataplane.upstream.EndpointSource;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Who waits for the first word about one service. Thread-safe; who waits is called on the event loop it came on. */
final class WaitingRoom {

    private final Semaphore seats;
    private final long patienceNanos;
    private final Set<Waiting> waiting = new LinkedHashSet<>();

    /** @param seats of all services together */
    WaitingRoom(Semaphore seats, Duration patience) {
        this.seats = seats;
        this.patienceNanos = patience.toNanos();
    }

    /** Somebody who waits; touched on their event loop only. */
    private final class Waiting implements EndpointSource.Seat {

        private final EventExecutor on;
        private final Runnable then;
        private @Nullable Future<?> patience;
        private boolean over;

        Waiting(EventExecutor on, Runnable then) {
            this.on = on;
            this.then = then;
        }

        void begin() {
            patience = on.schedule(this::call, patienceNanos, TimeUnit.NANOSECONDS);
        }

        void call() {
            if (!over) {
                leave();
                then.run();
            }
        }

        @Override
        public void leave() {
            if (over) {
                return;
            }
            over = true;
            if (patience != null) {
                patience.cancel(false);
            }
            forget(this);
            seats.release();
        }
    }

    /** Waits, on the event loop that calls; null where there is no seat. */
    EndpointSource.@Nullable Seat enter(EventExecutor on, Runnable then) {
        if (!seats.tryAcquire()) {
            return null;
        }
        var one = new Waiting(on, then);
        one.begin();
        synchronized (waiting) {
            waiting.add(one);
        }
        return one;
    }

    private void forget(Waiting one) {
        synchronized (waiting) {
            waiting.remove(one);
        }
    }

    /** Calls everybody who waits. */
    void call() {
        List<Waiting> all;
        synchronized (waiting) {
            if (waiting.isEmpty()) {
                return;
            }
            all = List.copyOf(waiting);
            waiting.clear();
        }
        for (var one : all) {
            try {
                one.on.execute(one::call);
            } catch (RejectedExecutionException e) {
                seats.release(); // its loop has ended, and the exchange with it
            }
        }
    }
}
