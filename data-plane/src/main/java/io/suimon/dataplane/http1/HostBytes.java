package io.suimon.dataplane.http1;

import io.suimon.engine.text.WireText;
import java.util.Locale;

/** Host and port, as in Host and in absolute targets (RFC 3986, 3.2.2). */
public final class HostBytes {

    private static final int MAX_PORT_DIGITS = 5;

    private HostBytes() {}

    /** Whether these bytes are a host, perhaps with a port; a user is refused. */
    static boolean isValid(byte[] b, int from, int to) {
        int hostEnd = endOfHost(b, from, to);
        if (hostEnd <= from) {
            return false;
        }
        if (hostEnd == to) {
            return true;
        }
        int digits = to - hostEnd - 1;
        if (b[hostEnd] != ':' || digits < 1 || digits > MAX_PORT_DIGITS) {
            return false;
        }
        for (int i = hostEnd + 1; i < to; i++) {
            if (!ByteClass.isDigit(b[i])) {
                return false;
            }
        }
        return true;
    }

    private static int endOfHost(byte[] b, int from, int to) {
        int at = from;
        if (from < to && b[from] == '[') {
            at++;
            while (at < to && (Character.digit(b[at], 16) >= 0 || b[at] == ':' || b[at] == '.')) {
                at++;
            }
            return at > from + 1 && at < to && b[at] == ']' ? at + 1 : -1;
        }
        while (at < to && ByteClass.isHost(b[at])) {
            at++;
        }
        return at;
    }

    /** Behind {@code http://} or {@code https://}, or -1. */
    static int startIn(byte[] b, int from, int to) {
        if (to - from > 7 && Tokens.equalsIgnoreCase(b, from, from + 7, "http://")) {
            return from + 7;
        }
        return to - from > 8 && Tokens.equalsIgnoreCase(b, from, from + 8, "https://") ? from + 8 : -1;
    }

    /** The host of a valid authority: without port and trailing dot, lower-case. */
    public static String hostOf(byte[] b, int from, int to) {
        int end = endOfHost(b, from, to);
        if (end - 1 > from && b[end - 1] == '.') {
            end--;
        }
        return WireText.of(b, from, end).toLowerCase(Locale.ROOT);
    }

    /** The digits of a valid authority's port, or null. */
    public static @org.jspecify.annotations.Nullable String portOf(byte[] b, int from, int to) {
        int end = endOfHost(b, from, to);
        return end < to ? WireText.of(b, end + 1, to) : null;
    }
}
