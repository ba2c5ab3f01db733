package io.suimon.it.stream;

import io.suimon.controlplane.mirror.Acceptance;
import io.suimon.controlplane.mirror.Mirror;
import io.suimon.controlplane.mirror.MirrorView;
import io.suimon.controlplane.store.EntryTree;
import io.suimon.controlplane.store.StoredEntry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A mirror whose store is the test: every write is one revision. Listeners are told on the writing thread. */
final class ScriptedMirror implements Mirror {

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private volatile View view = new View("store", 1, EntryTree.empty());

    private record View(String storeId, long revision, EntryTree entries) implements MirrorView {

        @Override
        public MirrorView plain() {
            return this;
        }
    }

    /** Writes; a null value removes. All of it is one revision. */
    synchronized void write(Map<String, ? extends @Nullable String> values) {
        var entries = view.entries();
        long revision = view.revision() + 1;
        for (var write : values.entrySet()) {
            var path = write.getKey();
            var json = write.getValue();
            if (json == null) {
                entries = entries.without(path);
            } else {
                var before = entries.get(path);
                long created = before == null ? revision : before.createRevision();
                entries = entries.with(new StoredEntry(path, created, revision, json.getBytes(StandardCharsets.UTF_8)));
            }
        }
        become(new View(view.storeId(), revision, entries));
    }

    void put(String path, String json) {
        write(Map.of(path, json));
    }

    /** A secret in an entry has another value: nothing was written, and the revision stays. */
    synchronized void reveal(String path, String json) {
        var before = Objects.requireNonNull(view.get(path));
        var entry = new StoredEntry(
                path, before.createRevision(), before.modRevision(), json.getBytes(StandardCharsets.UTF_8));
        become(new View(view.storeId(), view.revision(), view.entries().with(entry)));
    }

    /** Another store takes this one's place, with the same content. */
    synchronized void replaceStore(String storeId) {
        become(new View(storeId, view.revision(), view.entries()));
    }

    private void become(View next) {
        view = next;
        listeners.forEach(listener -> listener.advanced(next));
    }

    @Override
    public MirrorView view() {
        return view;
    }

    @Override
    public Optional<String> stale() {
        return Optional.empty();
    }

    @Override
    public Duration staleFor() {
        return Duration.ZERO;
    }

    @Override
    public Optional<String> alarm() {
        return Optional.empty();
    }

    @Override
    public Acceptance accept(Duration atMost) {
        return new Acceptance.NothingToAccept();
    }

    @Override
    public boolean await(long revision, Duration atMost) {
        return view.revision() >= revision;
    }

    @Override
    public synchronized void listen(Listener listener) {
        listeners.add(listener);
        listener.advanced(view);
    }
}
