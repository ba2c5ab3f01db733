package io.suimon.dataplane.cache;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import org.jspecify.annotations.Nullable;

/** Decrypts a file from its header on; nothing is given out before it is verified. Not thread-safe. */
final class OpeningStream extends InputStream {

    static final int SALT_BYTES = 16;
    /** What every version begins with, before the byte that is the version. */
    private static final byte[] MAGIC = "SuimonE".getBytes(StandardCharsets.US_ASCII);

    /** The only version there was so far. */
    private static final byte VERSION = 1;

    private final PushbackInputStream in;
    private final SealedFrames frames;
    private final byte[] sealed = new byte[SealedFrames.PLAIN_BYTES + SealedFrames.TAG_BYTES];
    private byte[] plain = new byte[0];
    private int taken;
    private boolean ended;

    private OpeningStream(InputStream in, CacheKey key) throws IOException {
        this.in = new PushbackInputStream(in);
        this.frames = new SealedFrames(key.forFile(whole(in, SALT_BYTES)));
    }

    /** What an encrypted file begins with. */
    static byte[] start() {
        var start = Arrays.copyOf(MAGIC, MAGIC.length + 1);
        start[MAGIC.length] = VERSION;
        return start;
    }

    /** Whether a file that begins so is encrypted, in whichever version. */
    static boolean begins(byte[] start) {
        return start.length > MAGIC.length && Arrays.equals(Arrays.copyOf(start, MAGIC.length), MAGIC);
    }

    /**
     * Begins behind the start.
     *
     * @param version the last byte of the start
     * @param key null when none is set
     */
    static OpeningStream of(int version, InputStream in, @Nullable CacheKey key) throws IOException {
        if (version != VERSION) {
            throw new IOException("encrypted format version: %d (expected: %d)".formatted(version & 0xff, VERSION));
        }
        var name = whole(in, CacheKey.NAME_BYTES);
        if (key == null) {
            throw new IOException("it is encrypted (expected: suimon.cache.key or suimon.cache.key-file to be set)");
        }
        if (!Arrays.equals(name, key.name())) {
            throw new IOException(
                    "it is encrypted with another key than suimon.cache.key or suimon.cache.key-file has");
        }
        return new OpeningStream(in, key);
    }

    private static byte[] whole(InputStream in, int length) throws IOException {
        var bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    @Override
    public int read() throws IOException {
        return fill() ? plain[taken++] & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int piece = Math.min(length, plain.length - taken);
        System.arraycopy(plain, taken, bytes, from, piece);
        taken += piece;
        return piece;
    }

    /** Whether there is a byte to be taken. */
    private boolean fill() throws IOException {
        while (taken == plain.length && !ended) {
            int length = in.readNBytes(sealed, 0, sealed.length);
            int following = in.read();
            ended = following < 0;
            if (!ended) {
                in.unread(following);
            }
            try {
                plain = frames.open(sealed, length, ended);
            } catch (AEADBadTagException e) {
                throw new IOException("its encryption does not fit: damaged or cut off", e);
            }
            taken = 0;
        }
        return taken < plain.length;
    }
}
