package io.suimon.bench;

import io.suimon.harness.HttpConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Writes and deletes many routes by the Admin API, as several clients at once. */
final class ManyRoutes {

    private static final int CLIENTS = 16;
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final Duration DONE_WITHIN = Duration.ofMinutes(3);

    /** What is done about one route, on a client's connection; answers the status line. */
    private interface Change {
        String of(HttpConnection admin, int number) throws IOException;
    }

    private ManyRoutes() {}

    /** Routes to the origin, for paths nobody asks for. */
    static void put(int adminPort, int count) {
        all(adminPort, count, (admin, number) -> admin.put(path(number), json(number)));
    }

    static void delete(int adminPort, int count) {
        all(adminPort, count, (admin, number) -> admin.delete(path(number)));
    }

    private static String path(int number) {
        return "/apisix/admin/routes/extra-" + number;
    }

    private static String json(int number) {
        return "{\"uri\":\"/extra/" + number + "/*\",\"upstream_id\":\"" + Backend.HTTP.id() + "\"}";
    }

    private static void all(int adminPort, int count, Change change) {
        if (count == 0) {
            return;
        }
        var next = new AtomicInteger();
        Callable<Boolean> client = () -> {
            try (var admin = new HttpConnection(adminPort, TIMEOUT_MILLIS)) {
                for (int number = next.getAndIncrement(); number < count; number = next.getAndIncrement()) {
                    var status = change.of(admin, number);
                    if (!status.startsWith("HTTP/1.1 2")) {
                        throw new IOException("the Admin API answers " + status + " for route " + number);
                    }
                }
                return true;
            }
        };
        try (var clients = Executors.newFixedThreadPool(CLIENTS)) {
            var jobs = IntStream.range(0, CLIENTS).mapToObj(i -> client).toList();
            for (var job : clients.invokeAll(jobs, DONE_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                demand(job);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void demand(Future<Boolean> job) throws InterruptedException {
        if (job.isCancelled()) {
            throw new IllegalStateException("not all routes were changed within " + DONE_WITHIN);
        }
        try {
            job.get();
        } catch (ExecutionException e) {
            throw new UncheckedIOException(
                    e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause()));
        }
    }
}
