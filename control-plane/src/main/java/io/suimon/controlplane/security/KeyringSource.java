package io.suimon.controlplane.security;

import io.suimon.process.InvalidSettingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/** Reads the keyring at start. */
public final class KeyringSource {

    /** A rotation needs two; more than this is a mistake, and each costs an attempt per secret. */
    static final int MAX_KEYS = 16;

    /** Lines beyond the longest keyring are not read. */
    private static final long MAX_FILE_BYTES = 4096;

    private static final String INLINE = "suimon.encryption.keyring";
    private static final String FILE = "suimon.encryption.keyring-file";

    private static final Logger LOG = Logger.getLogger(KeyringSource.class);

    private KeyringSource() {}

    /**
     * The keyring of a configuration.
     *
     * @throws InvalidSettingException when one of its keys cannot be one, or its file cannot be read; names the entry, never the key
     */
    public static Keyring keyring(EncryptionConfig config) {
        var inline = config.keyring().orElse(List.of());
        var file = config.keyringFile();
        if (file.isPresent() && !inline.isEmpty()) {
            throw new InvalidSettingException(FILE, file.get(), "not set, as " + INLINE + " is");
        }
        var keyring = file.isPresent() ? keyring(FILE, lines(file.get())) : keyring(INLINE, inline);
        if (!keyring.encrypts()) {
            LOG.info(INLINE + " is not set: secrets are stored in plain text");
        } else if (keyring.isWellKnown()) {
            LOG.warn(INLINE + " begins with a key that everybody knows: it hides nothing");
        }
        return keyring;
    }

    private static Keyring keyring(String setting, List<String> texts) {
        if (texts.size() > MAX_KEYS) {
            throw new InvalidSettingException(setting, texts.size() + " keys", "at most " + MAX_KEYS);
        }
        var keys = new ArrayList<AesKey>(texts.size());
        for (var text : texts) {
            keys.add(AesKey.of(text).orElseThrow(() -> refusal(setting, keys.size() + 1, text)));
        }
        return new Keyring(keys);
    }

    private static InvalidSettingException refusal(String setting, int entry, String text) {
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        return new InvalidSettingException(setting, "key " + entry + " of " + length + " bytes", "16 or 32 bytes");
    }

    private static List<String> lines(Path file) {
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw new InvalidSettingException(FILE, file, "a file of at most " + MAX_FILE_BYTES + " bytes");
            }
            return Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new InvalidSettingException(FILE, file, "a text file this process can read");
        }
    }
}
