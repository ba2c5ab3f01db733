package io.suimon.engine.plugin;

/** Request targets as text: what is sent has neither blanks nor control characters, whatever it was made of. */
public final class TargetText {

    private static final char[] HEX = "0123456789ABCDEF".toCharArray();
    private static final String UNRESERVED = "-._~";
    private static final String PATH_SPECIAL = " #%?";

    private TargetText() {}

    /** The path of a target as a client sent it, escapes as they are; the root for an absolute target without one. */
    public static String pathOf(String target) {
        int question = target.indexOf('?');
        int end = question < 0 ? target.length() : question;
        if (target.startsWith("/")) {
            return target.substring(0, end);
        }
        int separator = target.indexOf("://");
        int slash = separator < 0 ? -1 : target.indexOf('/', separator + 3);
        return slash < 0 || slash >= end ? "/" : target.substring(slash, end);
    }

    /** Wire text as a path: everything escaped that would end it or be read as an escape; slashes stay. */
    public static String escapePath(String path) {
        for (int i = 0; i < path.length(); i++) {
            if (isSpecial(path.charAt(i))) {
                return escaped(path, i);
            }
        }
        return path;
    }

    private static String escaped(String path, int from) {
        var out = new StringBuilder(path.length() + 16).append(path, 0, from);
        for (int i = from; i < path.length(); i++) {
            append(out, path.charAt(i), isSpecial(path.charAt(i)));
        }
        return out.toString();
    }

    private static boolean isSpecial(char c) {
        return c >= 0x7F || c < ' ' || PATH_SPECIAL.indexOf(c) >= 0;
    }

    /** Wire text as a name or value in a query: all but letters, digits and {@code -._~} escaped. */
    public static String escapeComponent(String text) {
        var out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || UNRESERVED.indexOf(c) >= 0;
            append(out, c, !plain);
        }
        return out.toString();
    }

    /** Wire text with only what would end its line escaped: control characters. */
    public static String escapeControls(String text) {
        return escapeBelow(text, ' ');
    }

    /** Wire text with only what would end the target escaped: blanks and control characters. */
    public static String escapeBlanks(String text) {
        return escapeBelow(text, (char) (' ' + 1));
    }

    private static String escapeBelow(String text, char lowest) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < lowest || text.charAt(i) == 0x7F) {
                var out = new StringBuilder(text.length() + 16);
                for (int j = 0; j < text.length(); j++) {
                    append(out, text.charAt(j), text.charAt(j) < lowest || text.charAt(j) == 0x7F);
                }
                return out.toString();
            }
        }
        return text;
    }

    private static void append(StringBuilder out, char c, boolean escape) {
        if (escape) {
            out.append('%').append(HEX[c >> 4 & 0xF]).append(HEX[c & 0xF]);
        } else {
            out.append(c);
        }
    }
}
