package io.suimon.engine.plugins.basicauth;

import io.suimon.engine.text.Base64Text;
import io.suimon.engine.text.WireText;
import org.jspecify.annotations.Nullable;

/**
 * The user name and password of an Authorization field, in wire text without white space.
 *
 * @param password never empty
 */
record BasicLogin(String user, String password) {

    private static final String SCHEME = "basic";

    /** Reads the value of a field; null when it holds none. Text before the scheme and behind the padding counts for nothing. */
    static @Nullable BasicLogin parse(String field) {
        int token = tokenStart(field);
        byte[] decoded = token < 0 ? null : Base64Text.decode(field.substring(token));
        return decoded == null ? null : split(WireText.of(decoded, 0, decoded.length));
    }

    /** Behind the first {@code Basic} that has white space and something more behind it, or -1. */
    private static int tokenStart(String field) {
        for (int at = 0; at + SCHEME.length() + 1 < field.length(); at++) {
            int end = at + SCHEME.length();
            if (field.regionMatches(true, at, SCHEME, 0, SCHEME.length()) && isWhiteSpace(field.charAt(end))) {
                return end + 1;
            }
        }
        return -1;
    }

    private static @Nullable BasicLogin split(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return null;
        }
        int second = text.indexOf(':', colon + 1);
        var password = withoutWhiteSpace(text.substring(colon + 1, second < 0 ? text.length() : second));
        return password.isEmpty() ? null : new BasicLogin(withoutWhiteSpace(text.substring(0, colon)), password);
    }

    private static String withoutWhiteSpace(String text) {
        var kept = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (!isWhiteSpace(text.charAt(i))) {
                kept.append(text.charAt(i));
            }
        }
        return kept.toString();
    }

    private static boolean isWhiteSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    @Override
    public String toString() {
        return "BasicLogin[user=" + user + "]";
    }
}
