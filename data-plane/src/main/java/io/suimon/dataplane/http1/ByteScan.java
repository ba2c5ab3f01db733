package io.suimon.dataplane.http1;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds where a run of bytes ends, eight at a time: the tests of all bytes of a word at once that are usual since H. S. Warren's
 * "Hacker's Delight", section 6-1. In each, what is found first is exact; behind it there may be false finds.
 */
final class ByteScan {

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EACH = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;

    private ByteScan() {}

    /** Where the first LF is; {@code to} when there is none before. */
    static int lineFeed(byte[] b, int from, int to) {
        int at = from;
        while (at <= to - Long.BYTES) {
            long found = zeros((long) WORD.get(b, at) ^ EACH * '\n');
            if (found != 0) {
                return at + first(found);
            }
            at += Long.BYTES;
        }
        while (at < to && b[at] != '\n') {
            at++;
        }
        return at;
    }

    /** Where the first byte is that may not be in a field value; the array has one. */
    static int endOfValue(byte[] b, int from) {
        int at = from;
        while (at <= b.length - Long.BYTES) {
            long word = (long) WORD.get(b, at);
            long found = below(word, ' ') | zeros(word ^ EACH * 0x7f);
            if (found == 0) {
                at += Long.BYTES;
                continue;
            }
            at += first(found);
            if (!ByteClass.isValue(b[at])) {
                return at;
            }
            at++; // a tab
        }
        while (ByteClass.isValue(b[at])) {
            at++;
        }
        return at;
    }

    /** The high bit of each byte that is 0. */
    private static long zeros(long word) {
        return (word - EACH) & ~word & HIGH;
    }

    /** The high bit of each byte that is less, which is at most 128. */
    private static long below(long word, int bound) {
        return (word - EACH * bound) & ~word & HIGH;
    }

    private static int first(long found) {
        return Long.numberOfTrailingZeros(found) / Byte.SIZE;
    }
}
