package io.suimon.dataplane.cache;

import io.suimon.dataplane.sync.Configuration;
import io.suimon.process.TestPatience;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Changes behind a generation, in plain text and encrypted. */
class StepsTest {

    private static final String KEY = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    private static final Duration NEVER = Duration.ofDays(1);

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

    private SnapshotCache cache(@Nullable String key, Duration foldAfter) throws IOException {
        return new SnapshotCache(folder, CacheSettings.of(path).withKey(key), counters, foldAfter);
    }

    private Configuration loaded(@Nullable String key) throws IOException {
        try (var cache = cache(key, NEVER)) {
            return cache.load().orElseThrow();
        }
    }

    /** Each change is written before the next. */
    private void keep(ChangingRoutes routes, int changes, @Nullable String key) throws IOException {
        try (var cache = cache(key, NEVER)) {
            keep(routes, changes, cache);
        }
    }

    private void keep(ChangingRoutes routes, int changes, SnapshotCache cache) {
        for (int i = 0; i < changes; i++) {
            long before = counters.writes();
            cache.offer(routes);
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .atMost(TestPatience.LONG)
                    .until(() -> counters.writes() > before);
            routes.change();
        }
        cache.offer(routes);
    }

    private Path generation() throws IOException {
        return folder.generations().getFirst();
    }

    private Path steps() throws IOException {
        return CacheFolder.stepsOf(generation());
    }

    @ParameterizedTest(name = "key {0}")
    @NullSource
    @ValueSource(strings = KEY)
    void changesAreWrittenBehindTheGenerationTheyFollow(@Nullable String key) throws IOException {
        var routes = new ChangingRoutes(50);

        keep(routes, 20, key);

        assertThat(folder.generations()).hasSize(1);
        assertThat(loaded(key)).isEqualTo(routes.newest());
        assertThat(counters.damaged()).isZero();
    }

    @Test
    void changeOfManyResourcesCostsNoMoreThanTheChange() throws IOException {
        keep(new ChangingRoutes(5_000), 10, (String) null);

        assertThat(Files.size(steps())).isLessThan(2_000);
        assertThat(Files.size(generation())).isGreaterThan(250_000);
    }

    @Test
    void stepsShowNothingOfTheirContentWhereThereIsAKey() throws IOException {
        keep(new ChangingRoutes(10), 5, KEY);

        assertThat(new String(Files.readAllBytes(steps()), StandardCharsets.ISO_8859_1))
                .doesNotContain("secret")
                .doesNotContain("routes");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(steps())))
                .isEqualTo("rw-------");
    }

    @ParameterizedTest(name = "key {0}")
    @NullSource
    @ValueSource(strings = KEY)
    void stepsThatWereCutOffAreGoneAsFarAsTheyAreWhole(@Nullable String key) throws IOException {
        var routes = new ChangingRoutes(10);
        keep(routes, 4, key);
        var steps = steps();
        var whole = Files.readAllBytes(steps);
        var revisions = new TreeMap<Integer, Long>();

        for (int length = 0; length <= whole.length; length++) {
            Files.write(steps, Arrays.copyOf(whole, length));
            var configuration = loaded(key);
            assertThat(configuration).isEqualTo(routes.at(configuration.revision()));
            revisions.put(length, configuration.revision());
        }

        assertThat(List.copyOf(revisions.values())).isSorted();
        assertThat(revisions.values()).contains(1L, 2L, 3L, 4L, 5L);
        // At the end of a step nobody can tell that more followed; everywhere else it is noticed.
        assertThat(counters.damaged()).isEqualTo(whole.length + 1 - 5);
    }

    @ParameterizedTest(name = "key {0}")
    @NullSource
    @ValueSource(strings = KEY)
    void noFlippedByteGoesUnnoticed(@Nullable String key) throws IOException {
        var routes = new ChangingRoutes(10);
        keep(routes, 3, key);
        var steps = steps();
        var whole = Files.readAllBytes(steps);
        var wrong = new ArrayList<Integer>();

        for (int i = 0; i < whole.length; i++) {
            var damaged = whole.clone();
            damaged[i] ^= 0x40;
            Files.write(steps, damaged);
            long before = counters.damaged();
            var configuration = loaded(key);
            if (counters.damaged() != before + 1 || !configuration.equals(routes.at(configuration.revision()))) {
                wrong.add(i);
            }
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void stepsOfAnotherGenerationAreNotGone() throws IOException {
        keep(new ChangingRoutes(10), 3, (String) null);
        var foreign = Files.readAllBytes(steps());
        var routes = new ChangingRoutes(11);
        keep(routes, 0, (String) null);

        Files.write(steps(), foreign);

        assertThat(loaded(null)).isEqualTo(routes.at(1));
        assertThat(counters.damaged()).isEqualTo(1);
    }

    @Test
    void stepsWithoutTheirGenerationAreRemoved() throws IOException {
        keep(new ChangingRoutes(10), 3, (String) null);
        var steps = steps();
        Files.delete(generation());
        folder.close();

        folder = CacheFolder.open(path);

        assertThat(steps).doesNotExist();
    }

    @Test
    void stepsAsLargeAsTheirGenerationBecomeANewOne() throws IOException {
        var routes = new ChangingRoutes(10, 30_000);

        keep(routes, 25, (String) null);

        assertThat(folder.generations()).hasSize(3);
        assertThat(loaded(null)).isEqualTo(routes.newest());
    }

    @Test
    void stepsGoWithTheirGeneration() throws IOException {
        for (int i = 0; i < 5; i++) {
            keep(new ChangingRoutes(10 + i), 2, (String) null);
        }

        try (var files = Files.list(path)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.startsWith("configuration")))
                    .hasSize(6);
        }
    }

    @Test
    void stepsAndTheirGenerationBecomeOneAfterARest() throws IOException {
        var routes = new ChangingRoutes(10);

        try (var cache = cache(null, Duration.ofMillis(1))) {
            keep(routes, 3, cache);
            await().atMost(TestPatience.LONG)
                    .until(() -> ConfigurationFile.read(generation(), null).revision() == 4);
        }

        assertThat(ConfigurationFile.read(generation(), null)).isEqualTo(routes.newest());
        assertThat(steps()).doesNotExist();
    }

    @Test
    void stepThatCannotBeWrittenCostsACountAndANewGeneration() throws IOException {
        var routes = new ChangingRoutes(10);

        try (var cache = cache(null, NEVER)) {
            cache.offer(routes);
            await().until(() -> counters.writes() == 1);
            Files.createDirectory(steps());
            routes.change();
            cache.offer(routes);
            await().until(() -> counters.writeFailures() == 1);
            await().until(() -> counters.writes() == 2);
        }

        assertThat(folder.generations()).hasSize(2);
        assertThat(loaded(null)).isEqualTo(routes.newest());
    }

    /** A file that was removed takes what is written to it, as long as it is open. */
    @Test
    void stepsThatAreGoneCostACountAndANewGeneration() throws IOException {
        var routes = new ChangingRoutes(10);

        try (var cache = cache(null, NEVER)) {
            cache.offer(routes);
            await().until(() -> counters.writes() == 1);
            routes.change();
            cache.offer(routes);
            await().until(() -> counters.writes() == 2);
            Files.delete(steps());
            routes.change();
            cache.offer(routes);
            await().until(() -> counters.writeFailures() == 1);
            await().until(() -> counters.writes() == 3);
        }

        assertThat(folder.generations()).hasSize(2);
        assertThat(loaded(null)).isEqualTo(routes.newest());
    }

    @Test
    void everyFormatThatWasEverWrittenIsRead() throws IOException {
        var routes = new ChangingRoutes(3);
        for (int revision = 2; revision <= 9; revision++) {
            routes.change();
        }
        for (var fixture : Map.of("plain", "", "encrypted", KEY).entrySet()) {
            var name = "steps-1-" + fixture.getKey();
            Files.write(path.resolve("configuration-000000000001.bin"), FormatTest.bytes(name + ".bin"));
            Files.write(path.resolve("configuration-000000000001.bin.steps"), FormatTest.bytes(name + ".steps"));

            var read = loaded(fixture.getValue().isEmpty() ? null : KEY);

            assertThat(read).isEqualTo(routes.newest());
        }
        assertThat(counters.damaged()).isZero();
    }

    @Test
    void whatIsWrittenIsTheFixtureByteForByte() throws IOException {
        keep(new ChangingRoutes(3), 8, (String) null);

        assertThat(generation()).hasBinaryContent(FormatTest.bytes("steps-1-plain.bin"));
        assertThat(steps()).hasBinaryContent(FormatTest.bytes("steps-1-plain.steps"));
    }
}
