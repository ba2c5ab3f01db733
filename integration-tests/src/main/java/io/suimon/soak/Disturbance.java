package io.suimon.soak;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * What goes on beside the traffic: the configuration changes ten times a second, and now and then the control plane is killed and
 * started again. On a thread of its own.
 */
final class Disturbance {

    private static final Duration BETWEEN_CHANGES = Duration.ofMillis(100);
    private static final int ROUTES = 50;

    private final SoakSite site;
    private final Duration betweenRestarts;
    private final Thread thread;
    private volatile boolean closed;
    private final AtomicInteger changes = new AtomicInteger();
    private final AtomicInteger restarts = new AtomicInteger();

    Disturbance(SoakSite site, Duration betweenRestarts) {
        this.site = site;
        this.betweenRestarts = betweenRestarts;
        this.thread = Thread.ofPlatform().daemon().name("disturbance").start(this::run);
    }

    private void run() {
        long restart = System.nanoTime() + betweenRestarts.toNanos();
        while (!closed) {
            if (System.nanoTime() - restart >= 0) {
                site.controlPlane().kill();
                site.controlPlane().restart();
                site.controlPlane().awaitReady();
                restarts.incrementAndGet();
                restart = System.nanoTime() + betweenRestarts.toNanos();
            }
            change();
            LockSupport.parkNanos(BETWEEN_CHANGES.toNanos());
        }
    }

    private void change() {
        int number = changes.get();
        try {
            int status = site.put(
                    "routes/churn-" + number % ROUTES,
                    "{\"uri\":\"/churn/" + number + "\",\"upstream\":{\"nodes\":{\"127.0.0.1:9\":1}}}");
            changes.addAndGet(status / 100 == 2 ? 1 : 0);
        } catch (UncheckedIOException e) {
            // It starts; the next one is not far.
        }
    }

    int changes() {
        return changes.get();
    }

    int restarts() {
        return restarts.get();
    }

    /** Ends it, and waits until the control plane that was started last is ready. */
    void end() throws InterruptedException {
        closed = true;
        thread.join();
    }
}
