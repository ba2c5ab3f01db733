package io.suimon.controlplane.security;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.suimon.process.InvalidSettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KeyringSourceTest {

    private static final String INLINE = "suimon.encryption.keyring";
    private static final String FILE = "suimon.encryption.keyring-file";

    @TempDir
    Path folder;

    private static Keyring keyring(Map<String, String> settings) {
        return KeyringSource.keyring(new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(EncryptionConfig.class)
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .build()
                .getConfigMapping(EncryptionConfig.class));
    }

    @Test
    void keysComeFromTheSetting() {
        var keyring = keyring(Map.of(INLINE, "qeddd145sfvddff3,edd1c9f0985e76a2"));

        assertThat(keyring.seal("k1")).isEqualTo("sGfoff/k5TVaPiyGca5e5w==");
        assertThat(keyring.isWellKnown()).isTrue();
    }

    @Test
    void keysComeFromAFile() throws IOException {
        var file = Files.writeString(folder.resolve("keys"), "a,key,with,comma\n\nqeddd145sfvddff3\n");

        var keyring = keyring(Map.of(FILE, file.toString()));

        assertThat(keyring.encrypts()).isTrue();
        assertThat(keyring.isWellKnown()).isFalse();
        assertThat(keyring.open(keyring.seal("k1"))).isEqualTo(new Keyring.Opened.Text("k1"));
    }

    @Test
    void anEmptyKeyringEncryptsNothing() {
        assertThat(keyring(Map.of()).encrypts()).isFalse();
        assertThat(keyring(Map.of(INLINE, "")).encrypts()).isFalse();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "short                             | key 1 of 5 bytes",
                "0123456789abcdef,0123456789abcde  | key 2 of 15 bytes",
                "0123456789abcdef01234567          | key 1 of 24 bytes",
                "pässword-of-16-c                  | key 1 of 17 bytes",
            })
    void keysOfAnotherLengthEndTheStartAndAreNotPrinted(String keys, String found) {
        assertThatThrownBy(() -> keyring(Map.of(INLINE, keys)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage(INLINE + ": " + found + " (expected: 16 or 32 bytes)");
    }

    @Test
    void keysOfAnotherLengthInAFileEndTheStart() throws IOException {
        var file = Files.writeString(folder.resolve("keys"), "0123456789abcdef\nsecret\n");

        assertThatThrownBy(() -> keyring(Map.of(FILE, file.toString())))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage(FILE + ": key 2 of 6 bytes (expected: 16 or 32 bytes)");
    }

    @Test
    void moreKeysThanAnybodyNeedsEndTheStart() {
        var keys = String.join(",", java.util.Collections.nCopies(17, "0123456789abcdef"));

        assertThatThrownBy(() -> keyring(Map.of(INLINE, keys))).hasMessage(INLINE + ": 17 keys (expected: at most 16)");
    }

    @Test
    void aFileThatCannotBeReadIsNamed() throws IOException {
        var none = folder.resolve("none");
        var large = Files.writeString(folder.resolve("large"), "x".repeat(4097));

        assertThatThrownBy(() -> keyring(Map.of(FILE, none.toString())))
                .hasMessage(FILE + ": " + none + " (expected: a text file this process can read)");
        assertThatThrownBy(() -> keyring(Map.of(FILE, large.toString())))
                .hasMessage(FILE + ": " + large + " (expected: a file of at most 4096 bytes)");
    }

    @Test
    void onlyOneOfTheTwoIsSet() {
        assertThatThrownBy(() -> keyring(Map.of(FILE, "keys", INLINE, "0123456789abcdef")))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage(FILE + ": keys (expected: not set, as " + INLINE + " is)");
    }
}
