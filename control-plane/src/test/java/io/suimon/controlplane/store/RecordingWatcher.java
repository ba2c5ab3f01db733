package io.suimon.controlplane.store;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

import static org.awaitility.Awaitility.await;

/** Keeps all a watch tells. Thread-safe. */
public final class RecordingWatcher implements StoreWatcher {

    /** One call of {@link #changed}. */
    public record Batch(long revision, List<StoreEvent> events) {}

    private final List<Batch> batches = new CopyOnWriteArrayList<>();
    private final AtomicInteger signs = new AtomicInteger();
    private volatile long progress;
    private volatile @Nullable Ending ending;
    private volatile String reason = "";

    @Override
    public void changed(long revision, List<StoreEvent> events) {
        batches.add(new Batch(revision, events));
    }

    @Override
    public void progressed(long revision) {
        progress = revision;
        signs.incrementAndGet();
    }

    @Override
    public void ended(Ending how, String why) {
        reason = why;
        ending = how;
    }

    public List<Batch> batches() {
        return List.copyOf(batches);
    }

    public List<StoreEvent> events() {
        return batches.stream().flatMap(batch -> batch.events().stream()).toList();
    }

    public long progress() {
        return progress;
    }

    /** How often it was told that nothing new is as good a sign of life as something. */
    public int signs() {
        return signs.get();
    }

    public @Nullable Ending ending() {
        return ending;
    }

    public String reason() {
        return reason;
    }

    /** Waits until this watcher is as expected. */
    public RecordingWatcher until(Predicate<RecordingWatcher> expected) {
        await().pollInterval(Duration.ofMillis(5)).until(() -> expected.test(this));
        return this;
    }
}
