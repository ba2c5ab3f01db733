package io.suimon.dataplane.cache;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Something a node keeps beside its disk copy and could do without: one file, written whole or not at all, with a checksum, readable
 * by its owner only, and encrypted when the disk copy is. Not thread-safe.
 */
public final class KeptFile {

    /** "SuimonK" and the version of what surrounds the content. */
    private static final long START = 0x5375696d6f6e4b01L;

    private final CacheFolder folder;
    private final String name;
    private final int maxBytes;
    private final @Nullable CacheKey key;
    private final SecureRandom random = new SecureRandom();

    private KeptFile(CacheFolder folder, String name, int maxBytes, @Nullable CacheKey key) {
        this.folder = folder;
        this.name = name;
        this.maxBytes = maxBytes;
        this.key = key;
    }

    /**
     * A file of this name.
     *
     * @param maxBytes the content is no longer
     * @throws IOException when the settings do not allow it; its message is one line for people
     */
    public static KeptFile of(CacheFolder folder, CacheConfig config, String name, int maxBytes) throws IOException {
        return new KeptFile(folder, name, maxBytes, CacheKey.of(config).orElse(null));
    }

    /**
     * What was kept; empty when nothing was.
     *
     * @throws IOException when it is not what was written, or cannot be read; its message is one line for people
     */
    public Optional<byte[]> read() throws IOException {
        var file = path();
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (var in = Files.newInputStream(file)) {
            var start = in.readNBytes(Long.BYTES);
            if (!OpeningStream.begins(start)) {
                return Optional.of(content(start, in));
            }
            var opened = OpeningStream.of(start[Long.BYTES - 1], in, key);
            return Optional.of(content(opened.readNBytes(Long.BYTES), opened));
        } catch (EOFException e) {
            throw new IOException("it is cut off", e);
        }
    }

    private byte[] content(byte[] start, InputStream from) throws IOException {
        if (start.length < Long.BYTES || java.nio.ByteBuffer.wrap(start).getLong() != START) {
            throw new IOException("it is no such file, or of another version");
        }
        var in = new DataInputStream(from);
        int length = in.readInt();
        if (length < 0 || length > maxBytes) {
            throw new IOException("a length of %d (expected: 0..%d)".formatted(length, maxBytes));
        }
        var content = in.readNBytes(length);
        if (content.length < length || in.readLong() != checksum(content)) {
            throw new IOException("its checksum does not fit: damaged or cut off");
        }
        return content;
    }

    /** Whether anybody could read it, although there is a key now. */
    public boolean isToBeSealed() throws IOException {
        if (key == null || !Files.isRegularFile(path())) {
            return false;
        }
        try (var in = Files.newInputStream(path())) {
            return !OpeningStream.begins(in.readNBytes(Long.BYTES));
        }
    }

    /**
     * Keeps this in place of what was kept before; it is on the disk when this returns.
     *
     * @throws IOException when it cannot be written, or is too long; what was kept before still is
     */
    public void write(byte[] content) throws IOException {
        if (content.length > maxBytes) {
            throw new IOException("a length of %d (expected: 0..%d)".formatted(content.length, maxBytes));
        }
        folder.write(name, file -> {
            var plain = new BufferedOutputStream(Channels.newOutputStream(file));
            if (key == null) {
                write(content, plain);
            } else {
                var sealing = new SealingStream(plain, key, random);
                write(content, sealing);
                sealing.finish();
            }
            plain.flush();
        });
    }

    private static void write(byte[] content, OutputStream to) throws IOException {
        var out = new DataOutputStream(to);
        out.writeLong(START);
        out.writeInt(content.length);
        out.write(content);
        out.writeLong(checksum(content));
        out.flush();
    }

    private static long checksum(byte[] content) {
        var crc = new CRC32C();
        crc.update(content);
        return crc.getValue();
    }

    private Path path() {
        return folder.path().resolve(name);
    }

    @Override
    public String toString() {
        return path().toString();
    }
}
