package io.suimon.bench.propagation;

import io.suimon.harness.Beat;
import io.suimon.harness.HttpConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients of a route that nobody changes: so many requests a second, each due at its moment. */
final class Bystanders implements AutoCloseable {

    /** No multiple of how many changes there are, so that no request meets each of them, or none, for as long as is measured. */
    static final int PER_SECOND = 499;

    static final String PATH = "/marker";
    private static final int TIMEOUT_MILLIS = 10_000;

    private final int port;
    private final ConcurrentLinkedDeque<HttpConnection> idle = new ConcurrentLinkedDeque<>();
    private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
    private final AtomicInteger failed = new AtomicInteger();
    private final Beat beat;

    /** @param port of a node, on loopback */
    Bystanders(int port) {
        this.port = port;
        this.beat = new Beat("bystanders", Duration.ofSeconds(1).dividedBy(PER_SECOND), this::ask);
    }

    private void ask(long due) {
        try {
            var node = idle.pollLast();
            if (node == null) {
                node = new HttpConnection(port, TIMEOUT_MILLIS);
            }
            if (!node.get(PATH).startsWith("HTTP/1.1 200 ")) {
                failed.incrementAndGet();
            }
            nanos.add(System.nanoTime() - due);
            if (node.kept()) {
                idle.addLast(node);
            } else {
                node.close();
            }
        } catch (IOException e) {
            failed.incrementAndGet();
        }
    }

    /** The nanoseconds of each request since the last time this was asked. */
    List<Long> take() {
        var taken = new ArrayList<Long>();
        for (var next = nanos.poll(); next != null; next = nanos.poll()) {
            taken.add(next);
        }
        return taken;
    }

    int failed() {
        return failed.get();
    }

    @Override
    public void close() throws IOException {
        beat.close();
        for (var node = idle.poll(); node != null; node = idle.poll()) {
            node.close();
        }
    }
}
