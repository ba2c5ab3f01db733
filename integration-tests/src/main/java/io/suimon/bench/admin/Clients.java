package io.suimon.bench.admin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Clients that send requests one after the other, each over a connection and a thread of its own. */
final class Clients {

    /** What one client sends. */
    @FunctionalInterface
    interface Script {
        /** The next request, or null when there is none. */
        byte @Nullable [] next();
    }

    private Clients() {}

    /** Lets all scripts run at the same time until they end, or the time is over. */
    static Latencies run(int port, List<Script> scripts, Duration atMost) {
        long begun = System.nanoTime();
        long deadline = begun + atMost.toNanos();
        try (var threads = Executors.newFixedThreadPool(scripts.size())) {
            var running = new ArrayList<Future<long[]>>();
            for (var script : scripts) {
                running.add(threads.submit(() -> play(port, script, deadline)));
            }
            var all = LongStream.builder();
            for (var client : running) {
                LongStream.of(client.get()).forEach(all);
            }
            return Latencies.of(all.build().toArray(), Duration.ofNanos(System.nanoTime() - begun));
        } catch (ExecutionException e) {
            throw new IllegalStateException(String.valueOf(e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static long[] play(int port, Script script, long deadline) {
        var nanos = LongStream.builder();
        try (var connection = AdminConnection.open(port)) {
            for (var request = script.next();
                    request != null && System.nanoTime() < deadline;
                    request = script.next()) {
                nanos.add(connection.send(request));
            }
        }
        return nanos.build().toArray();
    }
}
