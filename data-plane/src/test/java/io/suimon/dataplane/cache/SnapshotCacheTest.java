package io.suimon.dataplane.cache;

import io.suimon.dataplane.sync.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class SnapshotCacheTest {

    @TempDir
    Path path;

    private final CacheCounters counters = new CacheCounters();
    private CacheFolder folder;

    @BeforeEach
    void open() throws IOException {
        folder = CacheFolder.open(path);
    }

    @AfterEach
    void close() throws IOException {
        folder.close();
    }

    private SnapshotCache cache(Duration interval) throws IOException {
        return new SnapshotCache(folder, CacheSettings.of(path).every(interval), counters);
    }

    @Test
    void emptyFolderHasNothing() throws IOException {
        assertThat(cache(Duration.ZERO).load()).isEmpty();
    }

    @Test
    void whatWasWrittenIsRead() throws IOException {
        var configuration = configuration(7, 1000);

        keep(configuration);

        assertThat(cache(Duration.ZERO).load()).contains(configuration);
    }

    @Test
    void lastFormsWithSecretsAreKeptToo() throws IOException {
        var plain = configuration(7, 3);
        var configuration = new Configuration(
                plain.storeId(),
                plain.revision(),
                plain.digest(),
                plain.resources(),
                configuration(6, 1).resources());

        keep(configuration);

        assertThat(cache(Duration.ZERO).load()).contains(configuration);
    }

    @Test
    void newestGenerationsAreKept() throws IOException {
        for (int revision = 1; revision <= 5; revision++) {
            keep(configuration(revision, 1));
        }

        assertThat(folder.generations()).hasSize(3);
        assertThat(cache(Duration.ZERO).load()).contains(configuration(5, 1));
    }

    @ParameterizedTest(name = "the newest cut to {0} of 1000")
    @ValueSource(ints = {0, 1, 10, 100, 500, 900, 999})
    void tornGenerationIsPassedOver(int thousandths) throws IOException {
        keep(configuration(1, 50));
        keep(configuration(2, 50));
        var newest = folder.generations().getFirst();
        var bytes = Files.readAllBytes(newest);
        Files.write(newest, Arrays.copyOf(bytes, bytes.length * thousandths / 1000));

        var loaded = cache(Duration.ZERO).load();

        assertThat(loaded).contains(configuration(1, 50));
        assertThat(counters.damaged()).isEqualTo(1);
    }

    @Test
    void noFlippedByteGoesUnnoticed() throws IOException {
        keep(configuration(1, 2));
        var newest = folder.generations().getFirst();
        var whole = Files.readAllBytes(newest);
        var accepted = new ArrayList<Integer>();

        for (int i = 0; i < whole.length; i++) {
            var damaged = whole.clone();
            damaged[i] ^= 0x40;
            Files.write(newest, damaged);
            if (cache(Duration.ZERO).load().isPresent()) {
                accepted.add(i);
            }
        }

        assertThat(accepted).isEmpty();
    }

    @Test
    void manyChangesAreFewWritesAndTheLastOneIsWritten() throws IOException {
        var cache = cache(Duration.ofHours(1));

        for (int revision = 1; revision <= 1000; revision++) {
            var configuration = configuration(revision, 1);
            cache.offer(whole -> configuration);
        }
        cache.close();

        assertThat(counters.writes()).isLessThanOrEqualTo(2);
        assertThat(cache(Duration.ZERO).load()).contains(configuration(1000, 1));
    }

    @Test
    void changesThatKeepComingAreWrittenEverMoreSeldom() throws IOException {
        var cache = cache(Duration.ofMillis(100));
        long begin = System.nanoTime();

        keepChanging(cache, 5);
        await().until(() -> counters.writes() == 5);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(100 + 200 + 400 + 800));
        cache.close();
    }

    /** While one is written, there is the next. */
    private static void keepChanging(SnapshotCache cache, int times) {
        cache.offer(whole -> {
            if (times > 1) {
                keepChanging(cache, times - 1);
            }
            return configuration(times, 1);
        });
    }

    @Test
    void folderThatCannotBeWrittenCostsACountOnly() throws IOException {
        var cache = cache(Duration.ofMillis(5));
        var blocked = path.resolve("configuration-000000000001.bin.tmp");
        Files.createDirectories(blocked.resolve("something"));

        cache.offer(whole -> configuration(1, 1));
        await().until(() -> counters.writeFailures() > 0);
        Files.delete(blocked.resolve("something"));
        Files.deleteIfExists(blocked); // The cache may have cleared it away already, as something unfinished.

        await().until(() -> counters.writes() == 1);
        cache.close();
        assertThat(cache(Duration.ZERO).load()).contains(configuration(1, 1));
    }

    @Test
    void copiesAreForTheirOwnerOnly() throws IOException {
        keep(configuration(1, 1));

        var permissions = Files.getPosixFilePermissions(folder.generations().getFirst());

        assertThat(PosixFilePermissions.toString(permissions)).isEqualTo("rw-------");
    }

    @Test
    void folderBelongsToOneNode() throws IOException {
        assertThatThrownBy(() -> CacheFolder.open(path))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("suimon.cache.path: " + path);
    }

    @Test
    void folderThatIsAFileIsNamed() throws IOException {
        var file = Files.writeString(path.resolve("file"), "");

        assertThatThrownBy(() -> CacheFolder.open(file.resolve("below")))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("suimon.cache.path: " + file.resolve("below") + " (expected: a folder");
    }

    private void keep(Configuration configuration) throws IOException {
        try (var cache = cache(Duration.ZERO)) {
            cache.offer(whole -> configuration);
        }
    }

    private static Configuration configuration(long revision, int count) {
        return Configurations.of(revision, count);
    }
}
