package io.suimon.dataplane.cache;

import io.suimon.engine.resource.ResourceKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Every version of the format that was ever written is read; the fixtures are never written anew. */
class FormatTest {

    private static final String KEY = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    @TempDir
    Path path;

    @ParameterizedTest(name = "{0}")
    @CsvSource({"version-1.bin", "version-1-encrypted.bin"})
    void olderFormatIsRead(String fixture) throws IOException {
        var file =
                Path.of(Objects.requireNonNull(getClass().getResource(fixture)).getPath());

        var read = ConfigurationFile.read(
                file, CacheKey.of(CacheSettings.of(path).withKey(KEY)).orElseThrow());

        assertThat(read)
                .isEqualTo(Configurations.with(
                        12,
                        List.of(
                                Configurations.resource(ResourceKind.ROUTE, "a", 12, "{\"uri\":\"/ä\"}"),
                                Configurations.resource(ResourceKind.CREDENTIAL, "jack/credentials/c", 3, "{}"))));
    }

    @Test
    void newerFormatIsNamed() throws IOException {
        var bytes = Objects.requireNonNull(getClass().getResourceAsStream("version-1.bin"))
                .readAllBytes();
        bytes[7] = 9;
        var file = Files.write(path.resolve("newer.bin"), bytes);

        assertThatThrownBy(() -> ConfigurationFile.read(file, null)).hasMessage("format version: 9 (expected: 1..2)");
    }
}
