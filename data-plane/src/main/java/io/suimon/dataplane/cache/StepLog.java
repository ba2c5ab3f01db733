package io.suimon.dataplane.cache;

import io.suimon.dataplane.sync.ConfigurationStep;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The steps that follow a generation, in a file of their own beside it, one behind the other, so that a change costs what the change is
 * long, however large the configuration. {@code docs/disk-copy.md} describes the format, {@link StepReplay} reads it.
 *
 * <p>The file is made with the first step, and opened anew for each: a file that was removed, or is on a disk that another was put over,
 * would still take what is written to it. A step that could not be written whole may have left a part: nothing may be written behind it.
 * Not thread-safe.
 */
final class StepLog {

    /** "SuimonS", before the byte that is the version. */
    static final long PLAIN_START = 0x5375696d6f6e5301L;

    /** "SuimonT", the same encrypted. */
    static final long SEALED_START = 0x5375696d6f6e5401L;

    /** The smallest size at which a log is full. */
    private static final long SMALLEST = 256 * 1024;

    private final CacheFolder folder;
    private final Path path;
    private final long limit;
    private final @Nullable CacheKey key;
    private final SecureRandom random;
    private @Nullable SealedFrames frames;
    private long size;

    /**
     * @param generation what the steps follow, just written
     * @param bytes its size: a log of that size is full
     * @param key null leaves the steps in plain text
     */
    StepLog(CacheFolder folder, Path generation, long bytes, @Nullable CacheKey key, SecureRandom random) {
        this.folder = folder;
        this.path = CacheFolder.stepsOf(generation);
        this.limit = Math.max(SMALLEST, bytes);
        this.key = key;
        this.random = random;
    }

    /** Whether a new generation costs no more than going on with this one. */
    boolean isFull() {
        return size >= limit;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Writes a step; it is on the disk when this returns. After a failure nothing more may be written. */
    void append(ConfigurationStep step) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        boolean first = isEmpty();
        if (first) {
            begin(out);
        }
        var content = content(step);
        var written = frames == null ? content : frames.seal(content, content.length, false);
        out.writeInt(written.length);
        out.write(written);
        var crc = new CRC32C();
        crc.update(written);
        out.writeLong(crc.getValue());
        var buffer = ByteBuffer.wrap(bytes.toByteArray());
        try (var file = first ? folder.create(path) : FileChannel.open(path, StandardOpenOption.APPEND)) {
            while (buffer.hasRemaining()) {
                size += file.write(buffer);
            }
            file.force(false);
        }
        if (first) {
            folder.force();
        }
    }

    private void begin(DataOutputStream out) throws IOException {
        out.writeLong(key == null ? PLAIN_START : SEALED_START);
        if (key != null) {
            var salt = new byte[OpeningStream.SALT_BYTES];
            random.nextBytes(salt);
            out.write(key.name());
            out.write(salt);
            frames = new SealedFrames(key.forFile(salt));
        }
    }

    private static byte[] content(ConfigurationStep step) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeLong(step.revision());
        out.writeLong(step.digest().high());
        out.writeLong(step.digest().low());
        ResourceEncoding.writeResources(out, step.puts());
        ResourceEncoding.writeKeys(out, step.removals());
        return bytes.toByteArray();
    }
}
