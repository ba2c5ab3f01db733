package io.suimon.controlplane.admin;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Bounds how many requests are under way at once, and at the end waits for those that are. Thread-safe. */
final class RequestGate {

    private final int limit;
    private int underWay;
    private boolean closed;

    RequestGate(int limit) {
        this.limit = limit;
    }

    /** Why one more may not enter; null when it has, and then it must {@link #leave}. */
    synchronized @Nullable String enter() {
        if (closed) {
            return "shutting down";
        }
        if (underWay >= limit) {
            return "too many requests at once (limit " + limit + ")";
        }
        underWay++;
        return null;
    }

    synchronized void leave() {
        underWay--;
        notifyAll();
    }

    /** Lets nobody in from now on. Returns when all have left, or after so long. */
    synchronized void close(Duration atMost) throws InterruptedException {
        closed = true;
        long deadline = System.nanoTime() + atMost.toNanos();
        long left = atMost.toNanos();
        while (underWay > 0 && left > 0) {
            wait(Math.max(1, Duration.ofNanos(left).toMillis()));
            left = deadline - System.nanoTime();
        }
    }
}
