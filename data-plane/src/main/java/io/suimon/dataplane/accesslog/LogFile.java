package io.suimon.dataplane.accesslog;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where lines end up: a file, or standard output. Of one thread, which it may block. */
final class LogFile implements AutoCloseable {

    private final @Nullable Path path;
    private @Nullable FileChannel channel;
    private @Nullable Object key;

    /** @param path null is standard output */
    LogFile(@Nullable Path path) {
        this.path = path;
    }

    /**
     * Opens it, and opens it anew where the file of that name is not the one that is open: whoever rotates logs moves it away.
     *
     * @throws IOException when it cannot be opened
     */
    void follow() throws IOException {
        if (path == null) {
            channel = channel == null ? new FileOutputStream(FileDescriptor.out).getChannel() : channel;
            return;
        }
        if (channel != null && Objects.equals(key, keyOf(path))) {
            return;
        }
        var opened = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        if (channel != null) {
            channel.close();
        }
        channel = opened;
        key = keyOf(path);
    }

    private static @Nullable Object keyOf(Path path) throws IOException {
        return Files.exists(path)
                ? Files.readAttributes(path, BasicFileAttributes.class).fileKey()
                : null;
    }

    void write(byte[] bytes, int length) throws IOException {
        var open = channel;
        if (open == null) {
            throw new IOException("not open");
        }
        var left = ByteBuffer.wrap(bytes, 0, length);
        while (left.hasRemaining()) {
            open.write(left);
        }
    }

    @Override
    public void close() throws IOException {
        if (channel != null && path != null) {
            channel.close();
        }
    }

    @Override
    public String toString() {
        return path == null ? "standard output" : path.toString();
    }
}
