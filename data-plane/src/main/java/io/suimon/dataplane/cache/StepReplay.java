package io.suimon.dataplane.cache;

import io.suimon.dataplane.sync.Configuration;
import io.suimon.dataplane.sync.Digests;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.StoredResource;
import io.suimon.proto.StateDigest;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import javax.crypto.AEADBadTagException;
import org.jspecify.annotations.Nullable;

/**
 * Goes the steps of a {@link StepLog} from its generation on, as far as they are whole: the last one may be torn when power went.
 * Read without trust: each has its checksum, and comes out at the digest it says, which it does only behind what it was written for. Used once, by one
 * thread.
 */
final class StepReplay {

    private static final int BUFFER = 64 * 1024;

    private final Configuration base;
    private final Map<ResourceKey, StoredResource> resources = new LinkedHashMap<>();
    private long revision;
    private StateDigest digest;
    private boolean moved;

    private StepReplay(Configuration base) {
        this.base = base;
        this.revision = base.revision();
        this.digest = base.digest();
        base.resources().forEach(resource -> resources.put(resource.key(), resource));
    }

    /**
     * What came out.
     *
     * @param configuration the one of the last step that is whole
     * @param damage why it does not go on from there, for people; empty when all was gone
     */
    record Outcome(Configuration configuration, Optional<String> damage) {}

    /** @param key what the steps may be encrypted with; null when none is set */
    static Outcome follow(Configuration generation, Path steps, @Nullable CacheKey key) {
        if (!Files.isRegularFile(steps)) {
            return new Outcome(generation, Optional.empty());
        }
        var replay = new StepReplay(generation);
        try {
            replay.goThrough(steps, key);
            return new Outcome(replay.configuration(), Optional.empty());
        } catch (EOFException e) {
            return new Outcome(replay.configuration(), Optional.of("it is cut off"));
        } catch (IOException e) {
            return new Outcome(replay.configuration(), Optional.of(String.valueOf(e.getMessage())));
        }
    }

    private Configuration configuration() {
        return moved
                ? new Configuration(
                        base.storeId(), revision, digest, List.copyOf(resources.values()), base.lastResolved())
                : base;
    }

    private void goThrough(Path steps, @Nullable CacheKey key) throws IOException {
        long size = Files.size(steps);
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(steps), BUFFER))) {
            var frames = begin(in, key);
            while (in.available() > 0) {
                go(part(in, size, frames));
            }
        }
    }

    /** Null when they are not encrypted. */
    private static @Nullable SealedFrames begin(DataInputStream in, @Nullable CacheKey key) throws IOException {
        long start = in.readLong();
        if (start == StepLog.PLAIN_START) {
            return null;
        }
        if (start != StepLog.SEALED_START) {
            throw new IOException("it has no steps, or of another version");
        }
        var name = new byte[CacheKey.NAME_BYTES];
        in.readFully(name);
        var salt = new byte[OpeningStream.SALT_BYTES];
        in.readFully(salt);
        if (key == null || !Arrays.equals(name, key.name())) {
            throw new IOException("it is encrypted with another key than its generation");
        }
        return new SealedFrames(key.forFile(salt));
    }

    private static byte[] part(DataInputStream in, long size, @Nullable SealedFrames frames) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > size) {
            throw new IOException("a length of %d (expected: 0..%d)".formatted(length, size));
        }
        var bytes = new byte[length];
        in.readFully(bytes);
        var crc = new CRC32C();
        crc.update(bytes);
        if (in.readLong() != crc.getValue()) {
            throw new IOException("a checksum is wrong");
        }
        try {
            return frames == null ? bytes : frames.open(bytes, length, false);
        } catch (AEADBadTagException e) {
            throw new IOException("its encryption does not fit", e);
        }
    }

    /** All of a step, or nothing. */
    private void go(byte[] step) throws IOException {
        var in = new DataInputStream(new ByteArrayInputStream(step));
        long to = in.readLong();
        var promised = new StateDigest(in.readLong(), in.readLong());
        var puts = ResourceEncoding.readResources(in, step.length);
        var removals = new ArrayList<>(ResourceEncoding.readKeys(in, step.length));
        var sum = digest;
        for (var put : puts) {
            sum = Digests.plus(Digests.minus(sum, resources.get(put.key())), put);
        }
        for (var key : removals) {
            sum = Digests.minus(sum, resources.get(key));
        }
        if (!sum.equals(promised)) {
            throw new IOException("a digest is wrong");
        }
        puts.forEach(put -> resources.put(put.key(), put));
        removals.forEach(resources::remove);
        digest = promised;
        revision = to;
        moved = true;
    }
}
