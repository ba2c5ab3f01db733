package io.suimon.engine.plugin;

/** Text on its way into header fields: whatever it was made of, it cannot end its line. */
public final class FieldText {

    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    private FieldText() {}

    /** The text without CR, LF and NUL; the same object where it has none. */
    public static String value(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (breaksLine(text.charAt(i))) {
                return stripped(text);
            }
        }
        return text;
    }

    private static String stripped(String text) {
        var kept = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (!breaksLine(text.charAt(i))) {
                kept.append(text.charAt(i));
            }
        }
        return kept.toString();
    }

    /** Whether text may stand in a field as it is. */
    public static boolean isValue(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (breaksLine(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether this is the name of a field (RFC 9110, 5.1). */
    public static boolean isName(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letterOrDigit && TOKEN_MARKS.indexOf(c) < 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean breaksLine(char c) {
        return c == '\r' || c == '\n' || c == 0;
    }
}
