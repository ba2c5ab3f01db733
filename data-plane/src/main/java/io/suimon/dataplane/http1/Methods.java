package io.suimon.dataplane.http1;

import io.suimon.engine.text.WireText;

/** The methods everybody uses, as literals, so that a request allocates none. */
final class Methods {

    private static final byte[][] BYTES;
    private static final String[] KNOWN = {
        "GET", "POST", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS", "CONNECT", "TRACE", "PURGE"
    };

    static {
        BYTES = new byte[KNOWN.length][];
        for (int i = 0; i < KNOWN.length; i++) {
            BYTES[i] = WireText.bytes(KNOWN[i]);
        }
    }

    private Methods() {}

    static String of(byte[] b, int from, int to) {
        for (int i = 0; i < KNOWN.length; i++) {
            if (java.util.Arrays.equals(BYTES[i], 0, BYTES[i].length, b, from, to)) {
                return KNOWN[i];
            }
        }
        return WireText.of(b, from, to);
    }

    /** A gateway is no tunnel, and echoes no credentials. */
    static boolean refused(String method) {
        return method.equals("TRACE") || method.equals("CONNECT");
    }
}
