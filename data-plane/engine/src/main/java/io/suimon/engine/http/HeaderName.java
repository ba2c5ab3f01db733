package io.suimon.engine.http;

import io.suimon.engine.text.WireText;

/**
 * The name of a header field, prepared for comparing with bytes regardless of case.
 *
 * <p>Made once, when a configuration is compiled or a class is loaded; never per request.
 */
public final class HeaderName {

    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    public static final HeaderName AUTHORIZATION = of("Authorization");
    public static final HeaderName CONNECTION = of("Connection");
    public static final HeaderName CONTENT_ENCODING = of("Content-Encoding");
    public static final HeaderName CONTENT_LENGTH = of("Content-Length");
    public static final HeaderName CONTENT_TYPE = of("Content-Type");
    public static final HeaderName COOKIE = of("Cookie");
    public static final HeaderName DATE = of("Date");
    public static final HeaderName EXPECT = of("Expect");
    public static final HeaderName HOST = of("Host");
    public static final HeaderName LOCATION = of("Location");
    public static final HeaderName ORIGIN = of("Origin");
    public static final HeaderName SERVER = of("Server");
    public static final HeaderName TRANSFER_ENCODING = of("Transfer-Encoding");
    public static final HeaderName UPGRADE = of("Upgrade");
    public static final HeaderName VARY = of("Vary");
    public static final HeaderName WWW_AUTHENTICATE = of("WWW-Authenticate");

    private final String text;
    private final byte[] bytes;
    private final byte[] lower;

    private HeaderName(String text) {
        this.text = text;
        this.bytes = WireText.bytes(text);
        this.lower = WireText.bytes(WireText.lowerCase(text));
    }

    /**
     * The name with this spelling.
     *
     * @throws IllegalArgumentException when it could not stand in a message: it is no token (RFC 9110, 5.6.2)
     */
    public static HeaderName of(String text) {
        if (!isToken(text)) {
            throw new IllegalArgumentException("name of a header field: " + text + " (expected: a token)");
        }
        return new HeaderName(text);
    }

    /**
     * A name that fields are only looked up by, never written.
     *
     * @param text in wire text; need not be a token, such a name is simply never found
     */
    public static HeaderName sought(String text) {
        return new HeaderName(text);
    }

    /** Whether this is a token, as names of fields have to be (RFC 9110, 5.6.2). */
    public static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letterOrDigit && TOKEN_MARKS.indexOf(c) < 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** The name as it was spelled when it was made; it is written this way. */
    public String text() {
        return text;
    }

    /** Whether these bytes spell this name in any case. */
    public boolean matches(byte[] block, int from, int to) {
        if (to - from != lower.length) {
            return false;
        }
        for (int i = 0; i < lower.length; i++) {
            int b = block[from + i];
            if (b >= 'A' && b <= 'Z') {
                b += 'a' - 'A';
            }
            if (b != lower[i]) {
                return false;
            }
        }
        return true;
    }

    byte[] spelling() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HeaderName that && java.util.Arrays.equals(lower, that.lower);
    }

    @Override
    public int hashCode() {
        return java.util.Arrays.hashCode(lower);
    }

    @Override
    public String toString() {
        return text;
    }
}
