package io.suimon.engine.text;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Base64 as clients send it: what is none is no exception. */
public final class Base64Text {

    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final byte[] STANDARD = values(LETTERS + "+/");
    private static final byte[] URL = values(LETTERS + "-_");

    private Base64Text() {}

    private static byte[] values(String alphabet) {
        var values = new byte[0x100];
        Arrays.fill(values, (byte) -1);
        for (int i = 0; i < alphabet.length(); i++) {
            values[alphabet.charAt(i)] = (byte) i;
        }
        return values;
    }

    /** The bytes of wire text in the standard alphabet up to its padding, which may be missing; null when it is none. */
    public static byte @Nullable [] decode(String text) {
        int padding = text.indexOf('=');
        return decode(text, padding < 0 ? text.length() : padding, STANDARD);
    }

    /** The bytes of wire text in the alphabet for URLs, without padding; null when it is none or another encoder's. */
    public static byte @Nullable [] decodeUrl(String text) {
        int rest = text.length() % 4;
        int unused = rest == 2 ? 0xF : rest == 3 ? 0x3 : 0;
        boolean canonical = text.isEmpty() || (value(text.charAt(text.length() - 1), URL) & unused) == 0;
        return canonical ? decode(text, text.length(), URL) : null;
    }

    private static byte @Nullable [] decode(String text, int length, byte[] values) {
        if (length % 4 == 1) {
            return null;
        }
        var bytes = new byte[(int) (length * 3L / 4)];
        int at = 0;
        int bits = 0;
        int pending = 0;
        for (int i = 0; i < length; i++) {
            int value = value(text.charAt(i), values);
            if (value < 0) {
                return null;
            }
            pending = pending << 6 | value;
            bits += 6;
            if (bits >= 8) {
                bits -= 8;
                bytes[at++] = (byte) (pending >> bits);
            }
        }
        return bytes;
    }

    private static int value(char c, byte[] values) {
        return c < values.length ? values[c] : -1;
    }
}
