package io.suimon.dataplane.discovery.kubernetes;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ends the reading of a stream that takes too long, by closing it. Closed by the thread that reads. */
final class Deadline implements AutoCloseable {

    private final CountDownLatch done = new CountDownLatch(1);
    private volatile boolean passed;

    Deadline(Closeable stream, Duration time) {
        Thread.ofVirtual().name("kubernetes-deadline").start(() -> {
            try {
                if (!done.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                    passed = true;
                    stream.close();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                passed = true; // it is of no use any more
            }
        });
    }

    /** Whether it was too late. */
    boolean passed() {
        return passed;
    }

    @Override
    public void close() {
        done.countDown();
    }
}
