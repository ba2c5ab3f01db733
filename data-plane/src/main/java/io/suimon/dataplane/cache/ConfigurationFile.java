package io.suimon.dataplane.cache;

import io.suimon.dataplane.sync.Configuration;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import io.suimon.engine.resource.StoredResource;
import io.suimon.proto.StateDigest;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * The format of a generation: a magic number with the format's version; store id, revision, digest; the resources, then those in
 * their last form with secrets: each list as a number and each resource's kind, id, revisions and JSON, with lengths; a CRC-32C over
 * all of that. Numbers are big-endian. The first version has no second list, and is still written where that would be empty.
 *
 * <p>Read without trust: lengths are held against what the file has left, and the digest against the resources.
 */
final class ConfigurationFile {

    /** "SuimonC" and the version of the format. */
    private static final long MAGIC = 0x5375696d6f6e4302L;

    private static final long FIRST_MAGIC = 0x5375696d6f6e4301L;

    private static final int BUFFER = 64 * 1024;
    private static final int TEXT_BYTES = 4096;

    private ConfigurationFile() {}

    static void write(Configuration configuration, FileChannel file) throws IOException {
        var crc = new CRC32C();
        var out = new DataOutputStream(
                new BufferedOutputStream(new CheckedOutputStream(Channels.newOutputStream(file), crc), BUFFER));
        boolean plain = configuration.lastResolved().isEmpty();
        out.writeLong(plain ? FIRST_MAGIC : MAGIC);
        writeBytes(out, configuration.storeId().getBytes(StandardCharsets.UTF_8));
        out.writeLong(configuration.revision());
        out.writeLong(configuration.digest().high());
        out.writeLong(configuration.digest().low());
        writeResources(out, configuration.resources());
        if (!plain) {
            writeResources(out, configuration.lastResolved());
        }
        out.flush();
        out.writeLong(crc.getValue());
        out.flush();
    }

    private static void writeResources(DataOutputStream out, List<StoredResource> resources) throws IOException {
        out.writeInt(resources.size());
        for (var resource : resources) {
            writeBytes(out, resource.key().kind().directory().getBytes(StandardCharsets.UTF_8));
            writeBytes(out, resource.key().id().getBytes(StandardCharsets.UTF_8));
            out.writeLong(resource.createRevision());
            out.writeLong(resource.modRevision());
            writeBytes(out, resource.json());
        }
    }

    private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /**
     * Reads a generation.
     *
     * @throws IOException when it cannot be read, is not whole, or is not what it says; the message is for people
     */
    static Configuration read(Path file) throws IOException {
        long size = Files.size(file);
        var crc = new CRC32C();
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
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
        } catch (EOFException e) {
            throw new IOException("it is cut off after %d bytes".formatted(size), e);
        }
    }

    private static Configuration readContent(DataInputStream in, long size) throws IOException {
        long magic = in.readLong();
        if (magic != MAGIC && magic != FIRST_MAGIC) {
            throw new IOException("it is not a configuration of this version");
        }
        var storeId = text(in);
        long revision = in.readLong();
        var digest = new StateDigest(in.readLong(), in.readLong());
        var resources = readResources(in, size);
        return new Configuration(
                storeId, revision, digest, resources, magic == MAGIC ? readResources(in, size) : List.of());
    }

    private static List<StoredResource> readResources(DataInputStream in, long size) throws IOException {
        int count = in.readInt();
        // No resource takes less than a byte: a count from a damaged file does not make a huge list.
        if (count < 0 || count > size) {
            throw new IOException("it has %d resources in %d bytes".formatted(count, size));
        }
        var resources = new ArrayList<StoredResource>(count);
        for (int i = 0; i < count; i++) {
            resources.add(readResource(in, size));
        }
        return resources;
    }

    private static StoredResource readResource(DataInputStream in, long size) throws IOException {
        var directory = text(in);
        var kind = ResourceKind.ofDirectory(directory)
                .orElseThrow(
                        () -> new IOException("kind: %s (expected: one that this version knows)".formatted(directory)));
        var id = text(in);
        if (id.isEmpty()) {
            throw new IOException("a resource has no id");
        }
        return new StoredResource(new ResourceKey(kind, id), in.readLong(), in.readLong(), bytes(in, size));
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(bytes(in, TEXT_BYTES), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(DataInputStream in, long atMost) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > atMost) {
            throw new IOException("a length of %d (expected: 0..%d)".formatted(length, atMost));
        }
        var bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }
}
