package io.suimon.dataplane.http1;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * The bytes of one head, collected until its empty line, however they are split.
 *
 * <p>A bare LF counts as the end of a line here, so that a head that uses them ends, too, and the parser can refuse it.
 */
public final class HeadBuffer {

    /** How far a head is. */
    public enum Progress {
        /** More bytes are needed; all given were taken. */
        INCOMPLETE,
        /** The bytes behind the head were left. */
        COMPLETE,
        LINE_TOO_LONG,
        TOO_LARGE
    }

    /** Bodies follow heads: copying in steps keeps most of a body out of here. */
    private static final int STEP = 1024;

    private static final int KEPT = 4 * STEP;

    /** Enough for the head of a request that no browser makes; a stream of HTTP/2 has no second one. */
    private static final int FIRST = 256;

    private final int headLimit;
    private final int lineLimit;
    private byte[] bytes = {};
    private int length;
    private int firstLineEnd;

    /**
     * @param headLimit bytes of the whole head
     * @param lineLimit bytes of its first line
     */
    public HeadBuffer(int headLimit, int lineLimit) {
        this.headLimit = headLimit;
        this.lineLimit = lineLimit;
    }

    /** Forgets the head; an array that grew beyond the usual is let go. */
    public void clear() {
        length = 0;
        firstLineEnd = 0;
        if (bytes.length > KEPT) {
            bytes = new byte[FIRST];
        }
    }

    /** Begins with these bytes, as if they had been sent. */
    void begin(byte[] start) {
        clear();
        ensure(start.length);
        System.arraycopy(start, 0, bytes, 0, start.length);
        length = start.length;
        firstLineEnd = length;
    }

    /** Takes bytes up to the end of the head. */
    public Progress collect(ByteBuf in) {
        while (in.isReadable()) {
            int room = headLimit - length;
            if (room == 0) {
                return Progress.TOO_LARGE;
            }
            int from = length;
            int step = Math.min(Math.min(in.readableBytes(), STEP), room);
            ensure(from + step);
            in.getBytes(in.readerIndex(), bytes, from, step);
            int end = endOfHead(from, from + step);
            if ((firstLineEnd > 0 ? firstLineEnd : from + step) > lineLimit) {
                return Progress.LINE_TOO_LONG;
            }
            if (end > 0) {
                length = end;
                in.skipBytes(end - from);
                return Progress.COMPLETE;
            }
            length = from + step;
            in.skipBytes(step);
        }
        return length == headLimit ? Progress.TOO_LARGE : Progress.INCOMPLETE;
    }

    private int endOfHead(int from, int to) {
        byte[] b = bytes;
        for (int i = ByteScan.lineFeed(b, from, to); i < to; i = ByteScan.lineFeed(b, i + 1, to)) {
            if (i > 0 && (b[i - 1] == '\n' || (i > 1 && b[i - 1] == '\r' && b[i - 2] == '\n'))) {
                return i + 1;
            }
            if (firstLineEnd == 0 && i > 1) {
                firstLineEnd = i + 1;
            }
        }
        return -1;
    }

    private void ensure(int size) {
        if (size > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(FIRST, Math.max(size, bytes.length * 2)));
        }
    }

    /** The array that holds the head from its first element on. */
    public byte[] bytes() {
        return bytes;
    }

    /** How many bytes there are so far. */
    public int length() {
        return length;
    }
}
