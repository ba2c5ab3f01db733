package io.suimon.dataplane.proxy;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** The part of a body that was sent, as long as it is small and may have to be sent again. One exchange's, on its event loop. */
final class SentBytes {

    private static final byte[] NOTHING = {};

    private final int limit;
    private byte[] bytes = NOTHING;
    private int length;
    private boolean whole = true;

    /** @param limit of bytes kept; what is longer is not kept at all */
    SentBytes(int limit) {
        this.limit = limit;
    }

    void begin() {
        bytes = NOTHING;
        length = 0;
        whole = true;
    }

    /** Keeps the next bytes of a buffer, which are not taken from it. */
    void add(ByteBuf in, int part) {
        if (!whole) {
            return;
        }
        if (length + part > limit) {
            drop();
            return;
        }
        if (length + part > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + part, Math.min(limit, bytes.length * 2)));
        }
        in.getBytes(in.readerIndex(), bytes, length, part);
        length += part;
    }

    /** It will not be sent again. */
    void drop() {
        whole = false;
        bytes = NOTHING;
        length = 0;
    }

    /** Whether all that was sent is here. */
    boolean isWhole() {
        return whole;
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, length);
    }
}
