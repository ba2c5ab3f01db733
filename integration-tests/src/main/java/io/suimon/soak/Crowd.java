package io.suimon.soak;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Visitors of one kind, each on a virtual thread of its own, at a measured pace. */
final class Crowd {

    private static final Duration END_WITHIN = Duration.ofSeconds(30);

    private final String name;
    private final int size;
    private final Duration pause;
    private final Supplier<Visitor> visitors;
    private final LongAdder visits = new LongAdder();
    private final LongAdder unexpected = new LongAdder();
    private final AtomicReference<@Nullable String> first = new AtomicReference<>();
    private List<Thread> threads = List.of();
    private volatile boolean goesOn;

    /** @param pause of each between two visits */
    Crowd(String name, int size, Duration pause, Supplier<Visitor> visitors) {
        this.name = name;
        this.size = size;
        this.pause = pause;
        this.visitors = visitors;
    }

    void begin() {
        goesOn = true;
        threads = IntStream.range(0, size)
                .mapToObj(i -> Thread.ofVirtual().name(name + "-" + i).start(this::comeAndGo))
                .toList();
    }

    private void comeAndGo() {
        while (goesOn) {
            try (var visitor = visitors.get()) {
                while (goesOn) {
                    note(visitor.visit());
                    LockSupport.parkNanos(pause.toNanos());
                }
            } catch (IOException e) {
                note(e.toString());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void note(String what) {
        visits.increment();
        if (!what.isEmpty()) {
            unexpected.increment();
            first.compareAndSet(null, what);
        }
    }

    /** Sends all away, and waits until they are gone. */
    void end() throws InterruptedException {
        goesOn = false;
        for (var thread : threads) {
            if (!thread.join(END_WITHIN)) {
                note("a visit that does not end within " + END_WITHIN);
                thread.interrupt();
            }
        }
    }

    String name() {
        return name;
    }

    long visits() {
        return visits.sum();
    }

    long unexpected() {
        return unexpected.sum();
    }

    /** What the first visit saw that was not as it should be; empty when there was none. */
    String first() {
        var seen = first.get();
        return seen == null ? "" : seen;
    }
}
