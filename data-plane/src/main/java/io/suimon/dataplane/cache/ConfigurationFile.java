package io.suimon.dataplane.cache;

import io.suimon.dataplane.sync.Configuration;
import io.suimon.proto.StateDigest;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The format of a generation, which {@code docs/disk-copy.md} describes: a magic number with the format's version; store id, revision,
 * digest; the resources, then those in their last form with secrets: each list as a number and each resource's kind, id, revisions and
 * JSON, with lengths; a CRC-32C over all of that. Numbers are big-endian. The first version has no second list, and is still written
 * where that would be empty. All of it may be encrypted.
 *
 * <p>Read without trust: lengths are held against the size of the file, and the digest against the resources.
 */
final class ConfigurationFile {

    /** "SuimonC", before the byte that is the version. */
    private static final long MAGIC = 0x5375696d6f6e43L;

    /** Without the second list. */
    private static final int FIRST_VERSION = 1;

    /** The newest version. Every one from the first to this is read. */
    private static final int VERSION = 2;

    private static final int BUFFER = 64 * 1024;

    private ConfigurationFile() {}

    /** @param key null leaves it in plain text */
    static void write(Configuration configuration, FileChannel file, @Nullable CacheKey key, SecureRandom random)
            throws IOException {
        var plain = new BufferedOutputStream(Channels.newOutputStream(file), BUFFER);
        if (key == null) {
            write(configuration, plain);
            plain.flush();
        } else {
            var sealing = new SealingStream(plain, key, random);
            write(configuration, sealing);
            sealing.finish();
        }
    }

    private static void write(Configuration configuration, OutputStream target) throws IOException {
        var crc = new CRC32C();
        var out = new DataOutputStream(new BufferedOutputStream(new CheckedOutputStream(target, crc), BUFFER));
        boolean plain = configuration.lastResolved().isEmpty();
        out.writeLong(MAGIC << Byte.SIZE | (plain ? FIRST_VERSION : VERSION));
        ResourceEncoding.writeText(out, configuration.storeId());
        out.writeLong(configuration.revision());
        out.writeLong(configuration.digest().high());
        out.writeLong(configuration.digest().low());
        ResourceEncoding.writeResources(out, configuration.resources());
        if (!plain) {
            ResourceEncoding.writeResources(out, configuration.lastResolved());
        }
        out.flush();
        out.writeLong(crc.getValue());
        out.flush();
    }

    /** Whether it is one that anybody can read. */
    static boolean isPlain(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return !OpeningStream.begins(in.readNBytes(Long.BYTES));
        }
    }

    /**
     * Reads a generation.
     *
     * @param key what it may be encrypted with; null when none is set
     * @throws IOException when it cannot be read, is not whole, or is not what it says; the message is for people
     */
    static Configuration read(Path file, @Nullable CacheKey key) throws IOException {
        long size = Files.size(file);
        try (var raw = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            raw.mark(Long.BYTES);
            var start = raw.readNBytes(Long.BYTES);
            if (OpeningStream.begins(start)) {
                var opened = OpeningStream.of(start[start.length - 1], raw, key);
                return readPlain(new BufferedInputStream(opened, BUFFER), size);
            }
            raw.reset();
            return readPlain(raw, size);
        } catch (EOFException e) {
            throw new IOException("it is cut off after %d bytes".formatted(size), e);
        }
    }

    private static Configuration readPlain(InputStream raw, long size) throws IOException {
        var crc = new CRC32C();
        var in = new DataInputStream(new CheckedInputStream(raw, crc));
        var configuration = readContent(in, size);
        long computed = crc.getValue();
        if (in.readLong() != computed || raw.read() >= 0) {
            throw new IOException("the checksum is wrong");
        }
        if (!configuration.computedDigest().equals(configuration.digest())) {
            throw new IOException("the digest is wrong");
        }
        return configuration;
    }

    private static Configuration readContent(DataInputStream in, long size) throws IOException {
        long start = in.readLong();
        if (start >>> Byte.SIZE != MAGIC) {
            throw new IOException("it is no configuration");
        }
        int version = (int) (start & 0xff);
        if (version < FIRST_VERSION || version > VERSION) {
            throw new IOException("format version: %d (expected: %d..%d)".formatted(version, FIRST_VERSION, VERSION));
        }
        var storeId = ResourceEncoding.readText(in);
        long revision = in.readLong();
        var digest = new StateDigest(in.readLong(), in.readLong());
        var resources = ResourceEncoding.readResources(in, size);
        return new Configuration(
                storeId,
                revision,
                digest,
                resources,
                version > FIRST_VERSION ? ResourceEncoding.readResources(in, size) : List.of());
    }
}
