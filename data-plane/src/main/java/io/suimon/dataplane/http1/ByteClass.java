package io.suimon.dataplane.http1;

/** Which bytes may stand where (RFC 9110, 5.5 and 5.6; RFC 3986). */
final class ByteClass {

    private static final int TOKEN = 1;
    private static final int VALUE = 2;
    private static final int TARGET = 4;
    private static final int HOST = 8;
    private static final byte[] CLASSES = classes();

    private ByteClass() {}

    private static byte[] classes() {
        var classes = new byte[256];
        for (int b = 0x21; b < 256; b++) {
            classes[b] = (byte) (b == 0x7f ? 0 : VALUE | TARGET);
        }
        classes[' '] = VALUE;
        classes['\t'] = VALUE;
        for (int b = 0; b < 128; b++) {
            if (Character.isLetterOrDigit(b)) {
                classes[b] |= (byte) (TOKEN | HOST);
            }
        }
        mark(classes, "!#$%&'*+-.^_`|~", TOKEN);
        mark(classes, "-._~%!$&'()*+;=", HOST);
        return classes;
    }

    private static void mark(byte[] classes, String members, int bit) {
        for (int i = 0; i < members.length(); i++) {
            classes[members.charAt(i)] |= (byte) bit;
        }
    }

    static boolean isToken(byte b) {
        return (CLASSES[b & 0xff] & TOKEN) != 0;
    }

    /** Whether it may be inside a field value, blanks included. */
    static boolean isValue(byte b) {
        return (CLASSES[b & 0xff] & VALUE) != 0;
    }

    static boolean isTarget(byte b) {
        return (CLASSES[b & 0xff] & TARGET) != 0;
    }

    /** Whether it may be in a registered name; a comma is refused, as it makes a list of two. */
    static boolean isHost(byte b) {
        return (CLASSES[b & 0xff] & HOST) != 0;
    }

    static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }
}
