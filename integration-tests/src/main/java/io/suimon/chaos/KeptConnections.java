package io.suimon.chaos;

import io.suimon.harness.HttpConnection;
import java.io.IOException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.LongSupplier;

/**
 * Connections to a port that wait for the next request; the one used last is used first. One that waits for longer than a client may
 * expect the other side to keep it is closed instead: it may close it at the very moment of a request. Thread-safe.
 */
final class KeptConnections implements AutoCloseable {

    /** A node keeps them for 60 s. */
    static final long LONGEST_WAIT_NANOS = 10_000_000_000L;

    private final int port;
    private final int timeoutMillis;
    private final LongSupplier clock;
    private final ConcurrentLinkedDeque<Waiting> waiting = new ConcurrentLinkedDeque<>();

    private record Waiting(HttpConnection connection, long since) {}

    /** @param clock monotonic, in nanoseconds */
    KeptConnections(int port, int timeoutMillis, LongSupplier clock) {
        this.port = port;
        this.timeoutMillis = timeoutMillis;
        this.clock = clock;
    }

    /** One that waits, or a new one; the caller's until he gives it back or closes it. */
    HttpConnection take() throws IOException {
        var last = waiting.pollLast();
        while (last != null && clock.getAsLong() - last.since > LONGEST_WAIT_NANOS) {
            last.connection.close();
            last = waiting.pollLast();
        }
        return last == null ? new HttpConnection(port, timeoutMillis) : last.connection;
    }

    /** Keeps it for another request, where the other side does. */
    void giveBack(HttpConnection connection) throws IOException {
        if (connection.kept()) {
            waiting.addLast(new Waiting(connection, clock.getAsLong()));
        } else {
            connection.close();
        }
    }

    /** Closes those that wait. */
    @Override
    public void close() {
        for (var next = waiting.poll(); next != null; next = waiting.poll()) {
            try {
                next.connection.close();
            } catch (IOException e) {
                // It is not used again.
            }
        }
    }
}
