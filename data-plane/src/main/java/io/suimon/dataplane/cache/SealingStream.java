package io.suimon.dataplane.cache;

import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;

/** Encrypts what is written to it. The file is whole only when {@link #finish} was called. Not thread-safe. */
final class SealingStream extends OutputStream {

    private final OutputStream out;
    private final SealedFrames frames;
    private final byte[] plain = new byte[SealedFrames.PLAIN_BYTES];
    private int filled;

    SealingStream(OutputStream out, CacheKey key, SecureRandom random) throws IOException {
        var salt = new byte[OpeningStream.SALT_BYTES];
        random.nextBytes(salt);
        this.out = out;
        this.frames = new SealedFrames(key.forFile(salt));
        out.write(OpeningStream.start());
        out.write(key.name());
        out.write(salt);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        int at = from;
        int left = length;
        while (left > 0) {
            if (filled == plain.length) {
                // Only now: the last part is known as such when there is no more.
                out.write(frames.seal(plain, filled, false));
                filled = 0;
            }
            int piece = Math.min(left, plain.length - filled);
            System.arraycopy(bytes, at, plain, filled, piece);
            filled += piece;
            at += piece;
            left -= piece;
        }
    }

    void finish() throws IOException {
        out.write(frames.seal(plain, filled, true));
        out.flush();
    }
}
