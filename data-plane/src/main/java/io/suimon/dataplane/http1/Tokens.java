package io.suimon.dataplane.http1;

/** Elements of comma-separated lists, in place. */
public final class Tokens {

    private Tokens() {}

    /** The next comma, or {@code to}. */
    public static int endOfElement(byte[] b, int from, int to) {
        int at = from;
        while (at < to && b[at] != ',') {
            at++;
        }
        return at;
    }

    /** Skips blanks forwards. */
    public static int trimStart(byte[] b, int from, int to) {
        int at = from;
        while (at < to && ByteClass.isBlank(b[at])) {
            at++;
        }
        return at;
    }

    /** Skips blanks backwards. */
    public static int trimEnd(byte[] b, int from, int to) {
        int at = to;
        while (at > from && ByteClass.isBlank(b[at - 1])) {
            at--;
        }
        return at;
    }

    /** Whether these bytes spell the lower-case word in any case. */
    public static boolean equalsIgnoreCase(byte[] b, int from, int to, String lower) {
        if (to - from != lower.length()) {
            return false;
        }
        for (int i = 0; i < lower.length(); i++) {
            int c = b[from + i];
            if (c >= 'A' && c <= 'Z') {
                c += 'a' - 'A';
            }
            if (c != lower.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
