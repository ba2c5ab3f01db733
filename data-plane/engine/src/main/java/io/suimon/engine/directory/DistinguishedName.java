package io.suimon.engine.directory;

/** Names of entries as text (RFC 4514). */
public final class DistinguishedName {

    private static final String SPECIAL = ",+\"\\<>;=";

    private DistinguishedName() {}

    /**
     * The name of an entry below another.
     *
     * @param value any text: it stays one value, whatever it has in it
     */
    public static String below(String baseDn, String attribute, String value) {
        var name = new StringBuilder(attribute).append('=');
        for (int i = 0; i < value.length(); i++) {
            append(name, value.charAt(i), i == 0, i == value.length() - 1);
        }
        return name.append(',').append(baseDn).toString();
    }

    private static void append(StringBuilder name, char c, boolean first, boolean last) {
        boolean edge = (c == ' ' && (first || last)) || (c == '#' && first);
        if (c < ' ' || c == 0x7f) {
            name.append('\\').append(hex(c >> 4)).append(hex(c & 0xf));
        } else {
            if (edge || SPECIAL.indexOf(c) >= 0) {
                name.append('\\');
            }
            name.append(c);
        }
    }

    private static char hex(int digit) {
        return Character.toUpperCase(Character.forDigit(digit, 16));
    }
}
