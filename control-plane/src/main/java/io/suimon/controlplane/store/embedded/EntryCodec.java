package io.suimon.controlplane.store.embedded;

import io.suimon.controlplane.store.StoredEntry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * How an entry lies in the file: checksum, create revision, modification revision, expiry, value. The checksum also covers the
 * path, because MVStore itself does not check what its pages hold.
 */
final class EntryCodec {

    private static final int HEADER_BYTES = Integer.BYTES + 3 * Long.BYTES;

    /** An entry and when it disappears. */
    record Timed(StoredEntry entry, long expiresAt) {}

    private EntryCodec() {}

    static byte[] encode(StoredEntry entry, long expiresAt) {
        var bytes = ByteBuffer.allocate(HEADER_BYTES + entry.value().length)
                .putInt(0)
                .putLong(entry.createRevision())
                .putLong(entry.modRevision())
                .putLong(expiresAt)
                .put(entry.value());
        return bytes.putInt(0, checksum(entry.path(), bytes.array())).array();
    }

    /** The entry; empty when the bytes are not what was written. */
    static Optional<Timed> decode(String path, byte[] encoded) {
        var bytes = ByteBuffer.wrap(encoded);
        if (encoded.length < HEADER_BYTES || bytes.getInt() != checksum(path, encoded)) {
            return Optional.empty();
        }
        long created = bytes.getLong();
        long modified = bytes.getLong();
        long expiresAt = bytes.getLong();
        var value = new byte[bytes.remaining()];
        bytes.get(value);
        return Optional.of(new Timed(new StoredEntry(path, created, modified, value), expiresAt));
    }

    private static int checksum(String path, byte[] encoded) {
        var crc = new CRC32C();
        crc.update(path.getBytes(StandardCharsets.UTF_8));
        crc.update(encoded, Integer.BYTES, encoded.length - Integer.BYTES);
        return (int) crc.getValue();
    }
}
