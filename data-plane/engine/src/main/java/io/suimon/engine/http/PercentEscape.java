package io.suimon.engine.http;

/** Percent escapes (RFC 3986, 2.1). */
final class PercentEscape {

    private PercentEscape() {}

    /** The byte these two hex digits stand for, or -1 when they are none. */
    static int decode(int high, int low) {
        int h = Character.digit(high, 16);
        int l = Character.digit(low, 16);
        return h < 0 || l < 0 ? -1 : h << 4 | l;
    }

    /** Wire text with its escapes resolved and plus signs turned into blanks; malformed escapes stay as they are. */
    static String decodeForm(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        var decoded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int escaped = c == '%' && i + 2 < text.length() ? decode(text.charAt(i + 1), text.charAt(i + 2)) : -1;
            if (escaped >= 0) {
                decoded.append((char) escaped);
                i += 2;
            } else {
                decoded.append(c == '+' ? ' ' : c);
            }
        }
        return decoded.toString();
    }
}
