package io.suimon.dataplane.cache;

import io.suimon.engine.resource.ResourceKind;
import io.suimon.process.InvalidSettingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class EncryptedCopyTest {

    private static final String KEY = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    private static final String OTHER = KEY.replace('0', '1');

    @TempDir
    Path path;

    private final CacheCounters counters = new CacheCounters();
    private final List<SnapshotCache> caches = new ArrayList<>();
    private CacheFolder folder;

    @BeforeEach
    void open() throws IOException {
        folder = CacheFolder.open(path.resolve("cache"));
    }

    @AfterEach
    void close() throws IOException {
        caches.forEach(SnapshotCache::close); // one that still writes would do so into a folder that is being deleted
        folder.close();
    }

    @ParameterizedTest(name = "{0} resources")
    @ValueSource(ints = {0, 1, 3_000, 20_000})
    void whatWasWrittenIsReadWithTheSameKey(int resources) throws IOException {
        keep(settings().withKey(KEY), 1, resources);

        assertThat(cache(settings().withKey(KEY)).load()).contains(Configurations.of(1, resources));
    }

    @ParameterizedTest(name = "{0} bytes of JSON")
    @ValueSource(ints = {65_000, 65_400, 65_536, 131_072, 200_000})
    void noLengthIsSpecial(int bytes) throws IOException {
        for (int more = 0; more < 3; more++) {
            var configuration = Configurations.with(
                    1, List.of(Configurations.resource(ResourceKind.PROTO, "p", 1, "x".repeat(bytes + more))));
            try (var cache = cache(settings().withKey(KEY))) {
                cache.offer(whole -> configuration);
            }

            assertThat(cache(settings().withKey(KEY)).load()).contains(configuration);
        }
    }

    @Test
    void fileShowsNothingOfItsContentAndIsNeverTheSame() throws IOException {
        keep(settings().withKey(KEY), 1, 10);
        keep(settings().withKey(KEY), 1, 10);
        var first = Files.readAllBytes(folder.generations().get(0));
        var second = Files.readAllBytes(folder.generations().get(1));

        assertThat(new String(first, StandardCharsets.ISO_8859_1))
                .doesNotContain("uri")
                .doesNotContain("routes");
        assertThat(Arrays.copyOfRange(first, 16, first.length))
                .isNotEqualTo(Arrays.copyOfRange(second, 16, second.length));
    }

    @Test
    void wrongOrMissingKeyIsNoCrash() throws IOException {
        keep(settings().withKey(KEY), 1, 10);
        var file = folder.generations().getFirst();

        assertThat(cache(settings().withKey(OTHER)).load()).isEmpty();
        assertThat(cache(settings()).load()).isEmpty();

        assertThat(counters.damaged()).isEqualTo(2);
        assertThatThrownBy(() -> ConfigurationFile.read(file, null))
                .hasMessage("it is encrypted (expected: suimon.cache.key or suimon.cache.key-file to be set)");
        assertThatThrownBy(() -> ConfigurationFile.read(
                        file, CacheKey.of(settings().withKey(OTHER)).orElseThrow()))
                .hasMessage("it is encrypted with another key than suimon.cache.key or suimon.cache.key-file has");
    }

    @Test
    void noFlippedByteGoesUnnoticed() throws IOException {
        keep(settings().withKey(KEY), 1, 2);
        var newest = folder.generations().getFirst();
        var whole = Files.readAllBytes(newest);
        var accepted = new ArrayList<Integer>();

        for (int i = 0; i < whole.length; i++) {
            var damaged = whole.clone();
            damaged[i] ^= 0x40;
            Files.write(newest, damaged);
            if (cache(settings().withKey(KEY)).load().isPresent()) {
                accepted.add(i);
            }
        }

        assertThat(accepted).isEmpty();
    }

    @ParameterizedTest(name = "cut by {0} bytes")
    @ValueSource(ints = {1, 16, 17, 1_000, 65_552, 65_553, 131_104})
    void cutOffFileIsPassedOver(int cut) throws IOException {
        keep(settings().withKey(KEY), 1, 2_000);
        keep(settings().withKey(KEY), 2, 4_000);
        var newest = folder.generations().getFirst();
        var whole = Files.readAllBytes(newest);
        Files.write(newest, Arrays.copyOf(whole, whole.length - cut));

        assertThat(cache(settings().withKey(KEY)).load()).contains(Configurations.of(1, 2_000));
    }

    @Test
    void plainCopiesAreReadAndThenReplacedWhenThereIsAKey() throws IOException {
        keep(settings(), 1, 10);
        keep(settings(), 2, 10);

        try (var cache = cache(settings().withKey(KEY))) {
            assertThat(cache.load()).contains(Configurations.of(2, 10));
            await().until(() -> counters.writes() == 3);
        }

        assertThat(folder.generations()).hasSize(1);
        assertThat(ConfigurationFile.isPlain(folder.generations().getFirst())).isFalse();
        assertThat(cache(settings().withKey(KEY)).load()).contains(Configurations.of(2, 10));
    }

    @Test
    void keyMayLieInAFile() throws IOException {
        var file = Files.writeString(path.resolve("key"), KEY + "\n");
        keep(settings().withKeyFile(file), 1, 10);

        assertThat(cache(settings().withKey(KEY)).load()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "zz112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"})
    void whatIsNoKeyIsRefusedAndNotShown(String key) {
        assertThatThrownBy(() -> cache(settings().withKey(key)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("suimon.cache.key: " + key.length()
                        + " characters (expected: 64 hexadecimal digits, as openssl rand -hex 32 makes them)");
    }

    @Test
    void keyFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> cache(settings().withKeyFile(path.resolve("nowhere"))))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("suimon.cache.key-file: " + path.resolve("nowhere") + " (expected: a readable");
    }

    @Test
    void keyAndKeyFileAreOneTooMany() {
        assertThatThrownBy(() -> cache(settings().withKey(KEY).withKeyFile(path)))
                .hasMessageContaining("both are set");
    }

    private CacheSettings settings() {
        return CacheSettings.of(path.resolve("cache"));
    }

    private SnapshotCache cache(CacheSettings settings) throws IOException {
        var cache = new SnapshotCache(folder, settings, counters);
        caches.add(cache);
        return cache;
    }

    private void keep(CacheSettings settings, long revision, int resources) throws IOException {
        try (var cache = cache(settings)) {
            cache.offer(whole -> Configurations.of(revision, resources));
        }
    }
}
