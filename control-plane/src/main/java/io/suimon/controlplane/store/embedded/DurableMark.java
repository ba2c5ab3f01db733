package io.suimon.controlplane.store.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/**
 * A revision the store file is known to hold, in a small file beside it. It is written after the store file reached the disk, so a
 * store file that opens at an earlier revision has lost acknowledged writes: MVStore by itself steps back to the last chunk it can
 * read and says nothing. One thread.
 */
final class DurableMark implements AutoCloseable {

    private static final int BYTES = Long.BYTES + Integer.BYTES;

    private final FileChannel channel;

    private DurableMark(FileChannel channel) {
        this.channel = channel;
    }

    static DurableMark open(Path file) throws IOException {
        return new DurableMark(FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
    }

    /** The revision a mark holds; empty when there is none or the machine went down while it was written. */
    static OptionalLong read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return OptionalLong.empty();
        }
        var bytes = Files.readAllBytes(file);
        if (bytes.length != BYTES) {
            return OptionalLong.empty();
        }
        var content = ByteBuffer.wrap(bytes);
        long revision = content.getLong();
        return content.getInt() == checksum(revision) ? OptionalLong.of(revision) : OptionalLong.empty();
    }

    /** Not forced to the disk: losing the newest mark with the machine makes the check weaker, not wrong. */
    void write(long revision) throws IOException {
        var content = ByteBuffer.allocate(BYTES)
                .putLong(revision)
                .putInt(checksum(revision))
                .flip();
        for (long at = 0; content.hasRemaining(); ) {
            at += channel.write(content, at);
        }
    }

    private static int checksum(long revision) {
        var crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Long.BYTES).putLong(revision).flip());
        return (int) crc.getValue();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
