package io.suimon.controlplane.mirror;

import io.suimon.controlplane.store.Commit;
import io.suimon.controlplane.store.Mutation;
import io.suimon.controlplane.store.StoredEntry;
import io.suimon.controlplane.store.embedded.EmbeddedConfigStore;
import io.suimon.process.TestPatience;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A mirror, not yet started, of an embedded store that fails when it is told to. */
final class MirrorScene implements AutoCloseable {

    final EmbeddedConfigStore embedded;
    final FaultyConfigStore store;
    final StoreMirror mirror;

    MirrorScene(Path folder, UnaryOperator<StoredEntry> opening, LongSupplier nanoTime) {
        embedded = storeIn(folder);
        store = new FaultyConfigStore(embedded);
        mirror = new StoreMirror(
                store,
                opening,
                new LossLimit(50, 5),
                Duration.ofSeconds(15),
                Duration.ofMillis(100),
                nanoTime,
                RandomGenerator.getDefault());
    }

    static EmbeddedConfigStore storeIn(Path folder) {
        var limits = new EmbeddedConfigStore.Limits(TestPatience.LONG, 1024, 50, 4 << 20);
        return EmbeddedConfigStore.open(folder, limits, InstantSource.system(), RandomGenerator.getDefault());
    }

    long put(String path, String value) {
        return done(new Mutation.Put(path, value.getBytes(UTF_8), null));
    }

    long done(Mutation mutation) {
        return ((Commit.Done) embedded.commit(List.of(), List.of(mutation))).revision();
    }

    MirrorView viewAt(long revision) throws InterruptedException {
        assertThat(mirror.await(revision, TestPatience.LONG)).isTrue();
        return mirror.view();
    }

    void untilLive() {
        await().until(() -> mirror.stale().isEmpty());
    }

    /** What a view holds: {@code path=value}. */
    static List<String> texts(MirrorView view) {
        return view.range("").stream()
                .map(entry -> entry.path() + "=" + new String(entry.value(), UTF_8))
                .toList();
    }

    @Override
    public void close() {
        mirror.close();
        embedded.close();
    }
}
