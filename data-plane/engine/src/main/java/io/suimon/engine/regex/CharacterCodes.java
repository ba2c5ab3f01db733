package io.suimon.engine.regex;

/** Reads characters that are written by their codes. Belongs to one translation. */
final class CharacterCodes {

    private static final int MAX_BYTE = 0xff;
    private static final int MAX_OCTAL = 3;
    private static final int MAX_HEXADECIMAL = 2;

    /** More digits than a code has, few enough for an int. */
    private static final int MAX_BRACED = 7;

    private final PatternReader in;
    private final boolean unicode;

    /**
     * @param unicode whether texts are characters and not bytes
     */
    CharacterCodes(PatternReader in, boolean unicode) {
        this.in = in;
        this.unicode = unicode;
    }

    /** What stands behind {@code \c}. Java would take a small letter for what it is. */
    Escape.Literal control() {
        if (in.atEnd()) {
            throw in.refused("\\c at end of pattern");
        }
        int c = in.next();
        if (c < ' ' || c > '~') {
            throw in.refused("\\c must be followed by a printable ASCII character");
        }
        return new Escape.Literal(Character.toUpperCase(c) ^ 0x40);
    }

    /** What stands behind {@code \x}. */
    Escape.Literal hexadecimal() {
        if (in.take("{")) {
            return bracedHexadecimal();
        }
        var digits = in.digits(16, MAX_HEXADECIMAL);
        return new Escape.Literal(digits.isEmpty() ? 0 : Integer.parseInt(digits, 16));
    }

    /** What stands behind <code>\x{</code> or <code>\N{U+</code>. */
    Escape.Literal bracedHexadecimal() {
        return braced(16, "non-hex character in \\x{} (closing brace missing?)");
    }

    /** What stands behind {@code \o}. */
    Escape.Literal bracedOctal() {
        if (!in.take("{")) {
            throw in.refused("missing opening brace after \\o");
        }
        return braced(8, "non-octal character in \\o{} (closing brace missing?)");
    }

    /** What stands behind a backslash and is no reference. */
    Escape.Literal octal() {
        var digits = in.digits(8, MAX_OCTAL);
        if (digits.isEmpty()) {
            return new Escape.Literal(in.next());
        }
        int code = Integer.parseInt(digits, 8);
        if (!unicode && code > MAX_BYTE) {
            throw in.refused("octal value is greater than \\377 in 8-bit non-UTF-8 mode");
        }
        return new Escape.Literal(code);
    }

    private Escape.Literal braced(int radix, String otherwise) {
        var digits = in.digits(radix, Integer.MAX_VALUE);
        if (!in.take("}")) {
            throw in.refused(otherwise);
        }
        if (digits.isEmpty()) {
            throw in.refused("digits missing in \\x{} or \\o{} or \\N{U+}");
        }
        int code = code(digits.replaceFirst("^0+", ""), radix);
        if (code > (unicode ? Character.MAX_CODE_POINT : MAX_BYTE)) {
            throw in.refused("character code point value in \\x{} or \\o{} is too large");
        }
        if (unicode && code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE) {
            throw in.refused("disallowed Unicode code point (>= 0xd800 && <= 0xdfff)");
        }
        return new Escape.Literal(code);
    }

    private static int code(String digits, int radix) {
        if (digits.isEmpty()) {
            return 0;
        }
        return digits.length() > MAX_BRACED ? Integer.MAX_VALUE : Integer.parseInt(digits, radix);
    }
}
