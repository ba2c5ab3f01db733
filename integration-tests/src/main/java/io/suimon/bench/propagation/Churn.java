package io.suimon.bench.propagation;

import io.suimon.harness.Beat;
import io.suimon.harness.HttpConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/** Changes routes at a fixed pace, in the background. */
final class Churn implements AutoCloseable {

    static final int PER_SECOND = 100;
    private static final int ROUTES = 50;

    private final Installation installation;
    private final ConcurrentLinkedDeque<HttpConnection> idle = new ConcurrentLinkedDeque<>();
    private final AtomicInteger written = new AtomicInteger();
    private final Beat beat;

    Churn(Installation installation) {
        this.installation = installation;
        this.beat = new Beat("churn", Duration.ofSeconds(1).dividedBy(PER_SECOND), this::change);
    }

    private void change(long due) {
        int number = written.getAndIncrement();
        try {
            var admin = idle.pollLast();
            if (admin == null) {
                admin = installation.admin();
            }
            installation.put(admin, "churn-" + number % ROUTES, "/churn/" + number);
            idle.addLast(admin);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int written() {
        return written.get();
    }

    @Override
    public void close() throws IOException {
        beat.close();
        for (var admin = idle.poll(); admin != null; admin = idle.poll()) {
            admin.close();
        }
    }
}
