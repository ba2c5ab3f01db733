package io.suimon.dataplane.cache;

import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import io.suimon.engine.resource.StoredResource;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * How resources lie in the files of the disk copy: a list is a number and its elements, a resource its kind, id, revisions and JSON,
 * texts and JSON have lengths. Numbers are big-endian. Read without trust: nothing is longer than what it is in.
 */
final class ResourceEncoding {

    private static final int TEXT_BYTES = 4096;

    private ResourceEncoding() {}

    static void writeResources(DataOutputStream out, List<StoredResource> resources) throws IOException {
        out.writeInt(resources.size());
        for (var resource : resources) {
            writeKey(out, resource.key());
            out.writeLong(resource.createRevision());
            out.writeLong(resource.modRevision());
            writeBytes(out, resource.json());
        }
    }

    static void writeKeys(DataOutputStream out, List<ResourceKey> keys) throws IOException {
        out.writeInt(keys.size());
        for (var key : keys) {
            writeKey(out, key);
        }
    }

    private static void writeKey(DataOutputStream out, ResourceKey key) throws IOException {
        writeText(out, key.kind().directory());
        writeText(out, key.id());
    }

    static void writeText(DataOutputStream out, String text) throws IOException {
        writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /** @param size bytes there are in all, and more cannot be in it */
    static List<StoredResource> readResources(DataInputStream in, long size) throws IOException {
        int count = readCount(in, size);
        var resources = new ArrayList<StoredResource>(count);
        for (int i = 0; i < count; i++) {
            resources.add(new StoredResource(readKey(in), in.readLong(), in.readLong(), readBytes(in, size)));
        }
        return resources;
    }

    /** @param size bytes there are in all, and more cannot be in it */
    static List<ResourceKey> readKeys(DataInputStream in, long size) throws IOException {
        int count = readCount(in, size);
        var keys = new ArrayList<ResourceKey>(count);
        for (int i = 0; i < count; i++) {
            keys.add(readKey(in));
        }
        return keys;
    }

    private static int readCount(DataInputStream in, long size) throws IOException {
        int count = in.readInt();
        // No resource takes less than a byte: a count from a damaged file does not make a huge list.
        if (count < 0 || count > size) {
            throw new IOException("it has %d resources in %d bytes".formatted(count, size));
        }
        return count;
    }

    private static ResourceKey readKey(DataInputStream in) throws IOException {
        var directory = readText(in);
        var kind = ResourceKind.ofDirectory(directory)
                .orElseThrow(
                        () -> new IOException("kind: %s (expected: one that this version knows)".formatted(directory)));
        var id = readText(in);
        if (id.isEmpty()) {
            throw new IOException("a resource has no id");
        }
        return new ResourceKey(kind, id);
    }

    static String readText(DataInputStream in) throws IOException {
        return new String(readBytes(in, TEXT_BYTES), StandardCharsets.UTF_8);
    }

    private static byte[] readBytes(DataInputStream in, long atMost) throws IOException {
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
