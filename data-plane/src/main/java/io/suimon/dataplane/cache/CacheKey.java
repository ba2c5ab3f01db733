package io.suimon.dataplane.cache;

import io.suimon.process.InvalidSettingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What the disk copy is encrypted with: 256 bits, from which each file gets a key of its own. Never printed. Immutable. */
final class CacheKey {

    /** Bytes that tell keys apart. */
    static final int NAME_BYTES = 8;

    private static final String SETTING = "suimon.cache.key";
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");
    private static final String EXPECTED = "64 hexadecimal digits, as openssl rand -hex 32 makes them";
    private static final int FILE_BYTES = 4096;

    private final SecretKeySpec master;

    private CacheKey(byte[] bytes) {
        this.master = new SecretKeySpec(bytes, "HmacSHA256");
    }

    /**
     * The key that is set; empty when none is.
     *
     * @throws IOException when it cannot be read or is none; its message is one line for people
     */
    static Optional<CacheKey> of(CacheConfig config) throws IOException {
        if (config.key().isPresent() && config.keyFile().isPresent()) {
            throw new IOException("suimon.cache.key, suimon.cache.key-file: both are set (expected: one of them)");
        }
        if (config.keyFile().isPresent()) {
            return Optional.of(
                    parse("suimon.cache.key-file", read(config.keyFile().get())));
        }
        return config.key().map(text -> parse(SETTING, text));
    }

    private static String read(Path file) throws IOException {
        if (!Files.isReadable(file) || Files.isDirectory(file) || Files.size(file) > FILE_BYTES) {
            throw new IOException(
                    "suimon.cache.key-file: %s (expected: a readable file with %s)".formatted(file, EXPECTED));
        }
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    private static CacheKey parse(String setting, String text) {
        var digits = text.strip();
        if (!HEX.matcher(digits).matches()) {
            throw new InvalidSettingException(setting, digits.length() + " characters", EXPECTED);
        }
        return new CacheKey(HexFormat.of().parseHex(digits));
    }

    /** Tells this key from others, and nothing of it. */
    byte[] name() {
        return Arrays.copyOf(derived("suimon disk copy: name", new byte[0]), NAME_BYTES);
    }

    /** The key of one file. */
    SecretKeySpec forFile(byte[] salt) {
        return new SecretKeySpec(derived("suimon disk copy: file", salt), "AES");
    }

    private byte[] derived(String purpose, byte[] salt) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(master);
            mac.update(purpose.getBytes(StandardCharsets.US_ASCII));
            return mac.doFinal(salt);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC with SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "CacheKey[***]";
    }
}
