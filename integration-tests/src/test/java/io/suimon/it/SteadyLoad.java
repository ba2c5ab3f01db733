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
final class SteadyLoad implements AutoCloseable {

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger answered = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final List<Future<?>> clients = new ArrayList<>();

    /** Starts so many clients, which ask {@code requests} times in all and then end. */
    SteadyLoad(int port, String path, int clientCount, int requests) {
        var left = new AtomicInteger(requests);
        for (int i = 0; i < clientCount; i++) {
            clients.add(threads.submit(() -> ask(port, path, left)));
        }
    }

    private void ask(int port, String path, AtomicInteger left) {
        try (var connection = new HttpConnection(port, TestPatience.MILLIS)) {
            while (left.getAndDecrement() > 0) {
                var status = connection.get(path);
                if (status.startsWith("HTTP/1.1 200 ")) {
                    answered.incrementAndGet();
                } else {
                    failures.add(status);
                }
            }
        } catch (IOException e) {
            failures.add(e.toString());
        }
    }

    int answered() {
        return answered.get();
    }

    /** Waits until all clients are done, and returns what went wrong. */
    List<String> awaitFailures() throws Exception {
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
