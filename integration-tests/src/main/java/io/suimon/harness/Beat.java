package io.suimon.harness;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * Calls something at a fixed pace, whatever the last call is still doing: a slow answer must not slow down the questions. Each call
 * has a virtual thread; at most {@link #MAX_UNDER_WAY} are under way, and at that limit the pace waits for them.
 */
public final class Beat implements AutoCloseable {

    static final int MAX_UNDER_WAY = 2_000;

    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore free = new Semaphore(MAX_UNDER_WAY);
    private final Thread pacemaker;
    private volatile boolean closed;

    /** @param call is told when it was due, as {@link System#nanoTime} says */
    public Beat(String name, Duration period, LongConsumer call) {
        pacemaker = Thread.ofPlatform().name("beat-" + name).daemon().start(() -> run(period.toNanos(), call));
    }

    private void run(long period, LongConsumer call) {
        long due = System.nanoTime();
        while (!closed) {
            long left = due - System.nanoTime();
            if (left > 0) {
                LockSupport.parkNanos(left);
                continue;
            }
            long at = due;
            free.acquireUninterruptibly();
            calls.execute(() -> {
                try {
                    call.accept(at);
                } finally {
                    free.release();
                }
            });
            due += period;
        }
    }

    /** Ends the pace, and waits for what is under way. */
    @Override
    public void close() {
        closed = true;
        try {
            pacemaker.join();
            calls.shutdown();
            if (!calls.awaitTermination(15, TimeUnit.SECONDS)) {
                calls.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
