package io.suimon.controlplane.security;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.random.RandomGenerator;

/** The file that keeps the admin key of a first start; only its owner can read it. */
final class KeyFile {

    private static final int KEY_LENGTH = 40;
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /**
     * A key and where it came from.
     *
     * @param created whether this start made it
     */
    public record Content(String key, boolean created) {
        @Override
        public String toString() {
            return "Content[***, created=" + created + "]";
        }
    }

    private final Path file;
    private final RandomGenerator random;

    /** @param random must be cryptographically strong */
    public KeyFile(Path file, RandomGenerator random) {
        this.file = file.toAbsolutePath();
        this.random = random;
    }

    /** The key in the file, which is made when there is none. */
    public Content readOrCreate() throws IOException {
        if (Files.exists(file)) {
            var key = Files.readString(file).strip();
            if (key.isEmpty()) {
                throw new IOException(file + ": empty (expected: the admin key; remove the file to have one made)");
            }
            return new Content(key, false);
        }
        var key = newKey();
        write(key);
        return new Content(key, true);
    }

    public Path path() {
        return file;
    }

    private String newKey() {
        var key = new StringBuilder(KEY_LENGTH);
        for (int i = 0; i < KEY_LENGTH; i++) {
            key.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return key.toString();
    }

    /** Under its name there is the whole key or nothing, also after a power cut. */
    private void write(String key) throws IOException {
        var folder = file.getParent();
        if (folder == null) {
            throw new IOException(file + ": a root (expected: a file)");
        }
        Files.createDirectories(folder);
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var temporary = Files.createTempFile(folder, ".admin", ".key", ownerOnly);
        try {
            Files.writeString(temporary, key + "\n", StandardCharsets.US_ASCII);
            try (var channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException(file + ": its file system cannot rename atomically", e);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
