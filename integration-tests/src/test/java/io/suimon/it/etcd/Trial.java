package io.suimon.it.etcd;

import io.suimon.harness.Gateway;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Writes and reads through the Admin API, without a pause, and notes what failed and how long it took. */
final class Trial implements AutoCloseable {

    private static final int WRITERS = 4;

    /** One write. */
    record Write(int status, String body, Duration took) {}

    private final Gateway gateway;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger ids = new AtomicInteger();
    private final Collection<Write> writes = new ConcurrentLinkedQueue<>();
    private final Collection<String> failedReads = new ConcurrentLinkedQueue<>();
    private final AtomicInteger reads = new AtomicInteger();
    private final List<Thread> threads;

    Trial(Gateway gateway) {
        this.gateway = gateway;
        var writers = Stream.generate(() -> Thread.ofVirtual().unstarted(() -> repeat(this::write)))
                .limit(WRITERS);
        threads = Stream.concat(writers, Stream.of(Thread.ofVirtual().unstarted(() -> repeat(this::read))))
                .toList();
        threads.forEach(Thread::start);
    }

    private void repeat(Runnable task) {
        while (!over.get()) {
            task.run();
        }
    }

    private void write() {
        int number = ids.incrementAndGet();
        long start = System.nanoTime();
        var answer = answer(() -> gateway.admin(
                "PUT",
                "/apisix/admin/routes/trial" + number % 20,
                "{\"uri\":\"/%d\",\"upstream\":{\"nodes\":{\"127.0.0.1:1\":1}}}".formatted(number)));
        writes.add(new Write(status(answer), answer, Duration.ofNanos(System.nanoTime() - start)));
    }

    private void read() {
        var answer = answer(() -> gateway.admin("GET", "/apisix/admin/routes?page=1&page_size=10", ""));
        reads.incrementAndGet();
        if (status(answer) != 200) {
            failedReads.add(answer);
        }
    }

    private static String answer(Supplier<HttpResponse<String>> request) {
        try {
            var answer = request.get();
            return answer.statusCode() + " " + answer.body();
        } catch (UncheckedIOException e) {
            return "0 " + e.getMessage();
        }
    }

    private static int status(String answer) {
        return Integer.parseInt(answer.substring(0, answer.indexOf(' ')));
    }

    /** How many writes have succeeded so far. */
    int written() {
        return (int) writes.stream().filter(write -> write.status() < 300).count();
    }

    List<Write> failedWrites() {
        return writes.stream()
                .filter(write -> write.status() >= 300 || write.status() == 0)
                .toList();
    }

    Duration longestWrite() {
        return writes.stream().map(Write::took).max(Duration::compareTo).orElse(Duration.ZERO);
    }

    List<String> failedReads() {
        return List.copyOf(failedReads);
    }

    int reads() {
        return reads.get();
    }

    /** Ends it; what is under way is waited for. */
    @Override
    public void close() {
        over.set(true);
        try {
            for (var thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
