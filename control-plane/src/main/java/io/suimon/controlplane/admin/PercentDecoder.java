package io.suimon.controlplane.admin;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Resolves percent escapes to text in UTF-8. */
final class PercentDecoder {

    private PercentDecoder() {}

    /** An argument of a query: a plus sign is a blank, a malformed escape stays as it is. */
    static String form(String text) {
        return decode(text.replace('+', ' '), true).orElse(text);
    }

    /** A path; empty when an escape is malformed or stands for NUL. */
    static Optional<String> path(String text) {
        return decode(text, false);
    }

    private static Optional<String> decode(String text, boolean lenient) {
        if (text.indexOf('%') < 0) {
            return Optional.of(text);
        }
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var decoded = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int escaped = bytes[i] == '%' && i + 2 < bytes.length ? hex(bytes[i + 1], bytes[i + 2]) : -1;
            if (bytes[i] != '%') {
                decoded.write(bytes[i]);
            } else if (escaped > 0) {
                decoded.write(escaped);
                i += 2;
            } else if (lenient) {
                decoded.write('%');
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(decoded.toString(StandardCharsets.UTF_8));
    }

    private static int hex(byte high, byte low) {
        int h = Character.digit(high, 16);
        int l = Character.digit(low, 16);
        return h < 0 || l < 0 ? -1 : h << 4 | l;
    }
}
