package io.suimon.engine.text;

import java.nio.charset.StandardCharsets;

/** Text as it is on the wire: one char per byte. Configuration is turned into it once, people see it turned back. */
public final class WireText {

    private WireText() {}

    /** Text of a configuration (any Unicode) as its UTF-8 bytes, one char each. */
    public static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            }
        }
        return text;
    }

    /** Text from the wire as a person reads it: its bytes taken as UTF-8, malformed ones replaced. */
    public static String toUnicode(String wire) {
        for (int i = 0; i < wire.length(); i++) {
            if (wire.charAt(i) >= 0x80) {
                return new String(bytes(wire), StandardCharsets.UTF_8);
            }
        }
        return wire;
    }

    /** The bytes of text from the wire. */
    public static byte[] bytes(String wire) {
        return wire.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Bytes {@code from} (inclusive) to {@code to} (exclusive) as text. */
    public static String of(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /** With its ASCII letters in lower case; other bytes are parts of who knows what and stay. */
    public static String lowerCase(String wire) {
        for (int i = 0; i < wire.length(); i++) {
            if (isUpperCase(wire.charAt(i))) {
                return lowerCaseFrom(wire, i);
            }
        }
        return wire;
    }

    private static String lowerCaseFrom(String wire, int first) {
        var lower = new StringBuilder(wire);
        for (int i = first; i < wire.length(); i++) {
            char c = wire.charAt(i);
            if (isUpperCase(c)) {
                lower.setCharAt(i, (char) (c + 'a' - 'A'));
            }
        }
        return lower.toString();
    }

    private static boolean isUpperCase(char c) {
        return c >= 'A' && c <= 'Z';
    }
}
