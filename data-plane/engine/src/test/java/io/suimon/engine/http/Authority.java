package io.suimon.engine.http;

import io.suimon.engine.text.WireText;
import org.jspecify.annotations.Nullable;

/**
 * What a Host field or an absolute target says of the host.
 *
 * @param host lower-case, without port and trailing dot; an IPv6 address keeps its brackets
 * @param port -1 when none is named
 */
public record Authority(String host, int port) {

    private static final int MAX_PORT = 65_535;

    /** Reads {@code host[:port]} in wire text; null when it is empty or malformed: answer 400. */
    public static @Nullable Authority parse(String text) {
        int end = endOfHost(text);
        if (end <= 0) {
            return null;
        }
        int hostEnd = text.charAt(end - 1) == '.' ? end - 1 : end;
        if (hostEnd == 0) {
            return null;
        }
        return new Authority(WireText.lowerCase(text.substring(0, hostEnd)), portOf(text, end));
    }

    /** Where the host ends and a port may begin, or -1 when it is malformed. */
    private static int endOfHost(String text) {
        int end = -1;
        boolean bracket = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c == '/' || c == 0x7F || (c == '.' && i > 0 && text.charAt(i - 1) == '.')) {
                return -1;
            }
            if (c == '[' && i == 0) {
                bracket = true;
            } else if (c == ']') {
                bracket = false;
            } else if (c == ':' && !bracket && end < 0) {
                end = i;
            }
        }
        return bracket ? -1 : end < 0 ? text.length() : end;
    }

    private static int portOf(String text, int colon) {
        int length = text.length() - colon - 1;
        if (length < 1 || length > 5) {
            return -1;
        }
        int port = 0;
        for (int i = colon + 1; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            port = port * 10 + digit;
        }
        return port > MAX_PORT ? -1 : port;
    }
}
