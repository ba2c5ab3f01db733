package io.suimon.controlplane.store.embedded;

import io.suimon.controlplane.store.ConfigStore;
import io.suimon.controlplane.store.ConfigStoreContract;
import io.suimon.controlplane.store.Mutation;
import io.suimon.controlplane.store.StoreWatcher;
import io.suimon.process.InvalidSettingException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class EmbeddedConfigStoreTest extends ConfigStoreContract {

    private static final EmbeddedConfigStore.Limits LIMITS =
            new EmbeddedConfigStore.Limits(Duration.ofSeconds(10), 1024, 200, 4 << 20);

    @TempDir
    Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final InstantSource clock = now::get;
    private EmbeddedConfigStore store;

    @BeforeEach
    void open() {
        store = EmbeddedConfigStore.open(folder, LIMITS, clock, RandomGenerator.getDefault());
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    protected ConfigStore store() {
        return store;
    }

    @Override
    protected ConfigStore reopened() {
        store.close();
        open();
        return store;
    }

    @Override
    protected void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
        store.lookAtClock();
    }

    @Test
    void aNewStoreBeginsEmptyAtRevisionOne() {
        var snapshot = store.list();

        assertThat(snapshot.revision()).isEqualTo(1);
        assertThat(snapshot.entries()).isEmpty();
        assertThat(snapshot.storeId()).matches("[0-9a-f]{16}");
    }

    @Test
    void aFolderInUseIsRefusedInOneLine() {
        assertThatThrownBy(() -> EmbeddedConfigStore.open(folder, LIMITS, clock, RandomGenerator.getDefault()))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("suimon.store.path: " + folder
                        + " (expected: a folder no other process uses; another one has it open)");
    }

    @Test
    void aPathThatIsNoFolderIsRefusedInOneLine() throws IOException {
        var file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> EmbeddedConfigStore.open(file, LIMITS, clock, RandomGenerator.getDefault()))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("suimon.store.path: " + file + " (expected: a folder that can be written; ");
    }

    @Test
    void aWatcherFurtherBehindThanHistoryGoesIsTold() throws Exception {
        var snapshot = list();
        for (int i = 0; i <= LIMITS.historyRevisions(); i++) {
            done(put("routes/1", "" + i));
        }

        var watcher = watchFrom(snapshot).until(it -> it.ending() != null);

        assertThat(watcher.ending()).isEqualTo(StoreWatcher.Ending.HISTORY_LOST);
        assertThat(watcher.reason()).isEqualTo("history begins after revision 2, later than 1");
    }

    @Test
    void largeValuesShortenHistory() throws Exception {
        var snapshot = list();
        for (int i = 0; i < 5; i++) {
            done(new Mutation.Put("protos/1", new byte[1 << 20], null));
        }

        var watcher = watchFrom(snapshot).until(it -> it.ending() != null);

        assertThat(watcher.reason()).isEqualTo("history begins after revision 2, later than 1");
    }

    @Test
    void spaceOfWhatWasOverwrittenIsGivenBack() throws Exception {
        overwrite(3_000); // at about 20 KiB each: the file holds the ten values many times over

        // What was overwritten within the last second is kept: at this pace that is little.
        await().pollInterval(Duration.ofMillis(200))
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> {
                    overwrite(100);
                    assertThat(Files.size(folder.resolve(StoreFile.NAME))).isLessThan(24L << 20);
                });
    }

    private void overwrite(int writes) throws Exception {
        for (int i = 0; i < writes; i++) {
            done(put("routes/" + i % 10, "value ".repeat(300) + i));
        }
    }

    @Test
    void aFileOfRubbishIsRecognised() throws Exception {
        store.close();
        Files.write(folder.resolve(StoreFile.NAME), new byte[20_000]);

        assertThatThrownBy(this::open)
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("config.mv is damaged")
                .hasMessageNotContaining("\n");
    }

    @Test
    void aFileThatLostItsEndIsRecognised() throws Exception {
        for (int i = 0; i < 50; i++) {
            done(put("routes/" + i, "value ".repeat(1000)));
        }
        store.close();
        try (var channel = FileChannel.open(folder.resolve(StoreFile.NAME), StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2);
        }

        assertThatThrownBy(this::open)
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("config.mv is damaged");
    }

    @Test
    void aMissingFileBesideItsMarkIsRecognised() throws Exception {
        done(put("routes/1", "a"));
        store.close();
        Files.delete(folder.resolve(StoreFile.NAME));

        assertThatThrownBy(this::open)
                .hasMessageContaining("config.mv is damaged: it ends at revision 0, but had reached 2");
    }

    @Test
    void aValueThatChangedOnTheDiskIsRecognised() throws Exception {
        done(put("routes/1", "a value to be found"));
        store.close();
        var file = folder.resolve(StoreFile.NAME);
        var bytes = Files.readAllBytes(file);
        flipAll(bytes, "a value to be found".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        Files.write(file, bytes);

        assertThatThrownBy(this::open).hasMessageContaining("the entry routes/1 is not what was written");
    }

    private static void flipAll(byte[] bytes, byte[] pattern) {
        for (int i = 0; i + pattern.length <= bytes.length; i++) {
            if (java.util.Arrays.equals(bytes, i, i + pattern.length, pattern, 0, pattern.length)) {
                bytes[i] ^= 1;
            }
        }
    }
}
