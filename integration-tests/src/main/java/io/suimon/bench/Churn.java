package io.suimon.bench;

import io.suimon.harness.Beat;
import io.suimon.harness.HttpConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Changes routes at a fixed pace, in the background, while somebody measures what that costs. */
public final class Churn implements AutoCloseable {

    public static final int PER_SECOND = 100;

    private static final int ROUTES = 50;
    private static final int TIMEOUT_MILLIS = 10_000;

    private final int adminPort;
    private final String origin;
    private final ConcurrentLinkedDeque<HttpConnection> idle = new ConcurrentLinkedDeque<>();
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger written = new AtomicInteger();
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
    private final long began = System.nanoTime();
    private final Beat beat;

    /**
     * Begins.
     *
     * @param adminPort of the control plane
     * @param origin host and port of what the routes lead to
     */
    public Churn(int adminPort, String origin) {
        this.adminPort = adminPort;
        this.origin = origin;
        this.beat = new Beat("churn", Duration.ofSeconds(1).dividedBy(PER_SECOND), this::change);
    }

    private void change(long due) {
        int number = begun.getAndIncrement();
        try {
            var admin = idle.pollLast();
            if (admin == null) {
                admin = new HttpConnection(adminPort, TIMEOUT_MILLIS);
            }
            var status = admin.put(
                    "/apisix/admin/routes/churn-" + number % ROUTES,
                    "{\"uri\":\"/churn/%d\",\"upstream\":{\"nodes\":{\"%s\":1}}}".formatted(number, origin));
            idle.addLast(admin);
            if (status.startsWith("HTTP/1.1 20")) {
                written.incrementAndGet();
            } else {
                failure.compareAndSet(null, status);
            }
        } catch (IOException e) {
            failure.compareAndSet(null, e.toString());
        }
    }

    /** How many changes were taken so far. */
    public int written() {
        return written.get();
    }

    /** The same for each second since it began. */
    double perSecond() {
        return written.get() / ((System.nanoTime() - began) / 1e9);
    }

    /** Ends it, and fails when a change did. */
    @Override
    public void close() throws IOException {
        beat.close();
        for (var admin = idle.poll(); admin != null; admin = idle.poll()) {
            admin.close();
        }
        var failed = failure.get();
        if (failed != null) {
            throw new IOException("a change in the background failed: " + failed);
        }
    }
}
