package io.suimon.engine.http;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Decodes and normalises request paths: percent escapes, dot segments (RFC 3986, 5.2.4), repeated slashes. */
final class PathNormalizer {

    private PathNormalizer() {}

    /** Whether normalising would change nothing. */
    static boolean isNormal(byte[] raw, int from, int to) {
        byte previous = 0;
        for (int i = from; i < to; i++) {
            byte b = raw[i];
            if (b == '%' || (previous == '/' && (b == '/' || b == '.'))) {
                return false;
            }
            previous = b;
        }
        return true;
    }

    /** The normal form, or null when there is none: a dot segment above the root, a bad escape, or an escaped NUL. */
    static byte @Nullable [] normalize(byte[] raw, int from, int to) {
        byte[] decoded = new byte[to - from];
        int length = decode(raw, from, to, decoded);
        return length < 0 ? null : resolve(decoded, length);
    }

    /** Resolves escapes. Returns the length, or -1 where an escape is malformed. */
    private static int decode(byte[] raw, int from, int to, byte[] decoded) {
        int length = 0;
        for (int i = from; i < to; i++) {
            int b = raw[i];
            if (b == '%') {
                b = i + 2 < to ? PercentEscape.decode(raw[i + 1], raw[i + 2]) : -1;
                if (b <= 0) {
                    return -1;
                }
                i += 2;
            }
            decoded[length++] = (byte) b;
        }
        return length;
    }

    /** Removes dot segments and empty ones in place. Returns null when one climbs above the root. */
    private static byte @Nullable [] resolve(byte[] path, int length) {
        int out = 0;
        int in = 0;
        while (in < length) {
            int segmentEnd = in + 1;
            while (segmentEnd < length && path[segmentEnd] != '/') {
                segmentEnd++;
            }
            int size = segmentEnd - in - 1;
            boolean last = segmentEnd == length;
            if (size == 2 && path[in + 1] == '.' && path[in + 2] == '.') {
                if (out == 0) {
                    return null;
                }
                do {
                    out--;
                } while (path[out] != '/');
                out = last ? writeSlash(path, out) : out;
            } else if (size == 0 || (size == 1 && path[in + 1] == '.')) {
                out = last ? writeSlash(path, out) : out;
            } else {
                System.arraycopy(path, in, path, out, size + 1);
                out += size + 1;
            }
            in = segmentEnd;
        }
        return Arrays.copyOf(path, out);
    }

    private static int writeSlash(byte[] path, int at) {
        path[at] = '/';
        return at + 1;
    }
}
