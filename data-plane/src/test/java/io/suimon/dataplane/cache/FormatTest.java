package io.suimon.dataplane.cache;

import io.suimon.dataplane.sync.Configuration;
import io.suimon.engine.resource.ResourceKind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Every version of the format that was ever written is read; the fixtures are never written anew. */
class FormatTest {

    private static final String KEY = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    private static final int VERSION_AT = 7;

    @TempDir
    Path path;

    private static final Configuration FIRST = Configurations.with(
            12,
            List.of(
                    Configurations.resource(ResourceKind.ROUTE, "a", 12, "{\"uri\":\"/ä\"}"),
                    Configurations.resource(ResourceKind.CREDENTIAL, "jack/credentials/c", 3, "{}")));

    /** With what the first version has no room for. */
    private static final Configuration SECOND = new Configuration(
            FIRST.storeId(),
            FIRST.revision(),
            FIRST.digest(),
            FIRST.resources(),
            List.of(Configurations.resource(ResourceKind.ROUTE, "a", 11, "{\"uri\":\"/ä\",\"desc\":\"known\"}")));

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void everyFormatThatWasEverWrittenIsRead(String fixture, Configuration content) throws IOException {
        var file = Files.write(path.resolve(fixture), bytes(fixture));

        var read = ConfigurationFile.read(file, key());

        assertThat(read).isEqualTo(content);
    }

    static List<Arguments> everyFormatThatWasEverWrittenIsRead() {
        return List.of(
                Arguments.of("version-1.bin", FIRST),
                Arguments.of("version-1-encrypted.bin", FIRST),
                Arguments.of("version-2.bin", SECOND),
                Arguments.of("version-2-encrypted.bin", SECOND));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"version-1.bin, 1", "version-2.bin, 2"})
    void whatIsWrittenIsTheFixtureByteForByte(String fixture, int version) throws IOException {
        var file = path.resolve("written.bin");

        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ConfigurationFile.write(version == 1 ? FIRST : SECOND, channel, null, new SecureRandom());
        }

        assertThat(file).hasBinaryContent(bytes(fixture));
    }

    @ParameterizedTest(name = "{0} with version {1}: {2}")
    @CsvSource({
        "version-1.bin, 0, 'format version: 0 (expected: 1..2)'",
        "version-1.bin, 9, 'format version: 9 (expected: 1..2)'",
        "version-2.bin, 3, 'format version: 3 (expected: 1..2)'",
        "version-2.bin, 255, 'format version: 255 (expected: 1..2)'",
        "version-1-encrypted.bin, 2, 'encrypted format version: 2 (expected: 1)'",
        "version-2-encrypted.bin, 255, 'encrypted format version: 255 (expected: 1)'",
    })
    void unknownFormatIsNamedAndTheGenerationBeforeIsTaken(String fixture, int version, String message)
            throws IOException {
        var newer = bytes(fixture);
        newer[VERSION_AT] = (byte) version;
        Files.write(path.resolve("configuration-000000000001.bin"), bytes("version-1.bin"));
        var file = Files.write(path.resolve("configuration-000000000002.bin"), newer);
        var counters = new CacheCounters();

        var refusal = catchThrowable(() -> ConfigurationFile.read(file, key()));
        try (var folder = CacheFolder.open(path);
                var cache = new SnapshotCache(folder, CacheSettings.of(path).withKey(KEY), counters)) {
            assertThat(cache.load()).contains(FIRST);
        }

        assertThat(counters.damaged()).isEqualTo(1);
        assertThat(refusal).hasMessage(message);
    }

    private CacheKey key() throws IOException {
        return CacheKey.of(CacheSettings.of(path).withKey(KEY)).orElseThrow();
    }

    static byte[] bytes(String fixture) throws IOException {
        try (var in = Objects.requireNonNull(FormatTest.class.getResourceAsStream(fixture))) {
            return in.readAllBytes();
        }
    }
}
