package io.suimon.it;

import io.suimon.harness.HttpConnection;
import io.suimon.process.TestPatience;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients that ask one path again and again over kept connections, and remember every answer that was not the expected one. */
public final class SteadyLoad implements AutoCloseable {

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger answered = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final List<Future<?>> clients = new ArrayList<>();
    private final AtomicInteger left;

    /** Starts so many clients, which ask {@code requests} times in all and then end. */
    public SteadyLoad(int port, String path, int clientCount, int requests) {
        left = new AtomicInteger(requests);
        for (int i = 0; i < clientCount; i++) {
            clients.add(threads.submit(() -> ask(port, path)));
        }
    }

    private void ask(int port, String path) {
        try {
            while (left.get() > 0) {
                askOnNewConnection(port, path);
            }
        } catch (IOException e) {
            failures.add(e.toString());
        }
    }

    /** A node takes so many requests on a connection, says so with the last one, and closes it. */
    private void askOnNewConnection(int port, String path) throws IOException {
        try (var connection = new HttpConnection(port, TestPatience.MILLIS)) {
            while (connection.kept() && left.getAndDecrement() > 0) {
                var status = connection.get(path);
                if (status.startsWith("HTTP/1.1 200 ")) {
                    answered.incrementAndGet();
                } else {
                    failures.add(status);
                }
            }
        }
    }

    public int answered() {
        return answered.get();
    }

    /** Lets the clients end with the answers they wait for. */
    public void enough() {
        left.set(0);
    }

    /** Waits until all clients are done, and returns what went wrong. */
    public List<String> awaitFailures() throws Exception {
        for (var client : clients) {
            client.get();
        }
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
