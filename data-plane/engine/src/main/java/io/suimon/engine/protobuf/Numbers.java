package io.suimon.engine.protobuf;

/** Integers of a text: decimal, hexadecimal or octal. Pure functions. */
final class Numbers {

    static final int MAX_FIELD = (1 << 29) - 1;

    private static final int FIRST_RESERVED = 19_000;
    private static final int LAST_RESERVED = 19_999;

    private Numbers() {}

    /** Reads the number of a field. */
    static int ofField(ProtoLexer lexer) throws ProtoSyntaxException {
        int offset = lexer.peek().offset();
        int number = integer(lexer, "");
        if (number < 1 || number > MAX_FIELD || (number >= FIRST_RESERVED && number <= LAST_RESERVED)) {
            throw new ProtoSyntaxException(
                    offset,
                    "field number " + number + " (expected: 1.." + MAX_FIELD + " without " + FIRST_RESERVED + ".."
                            + LAST_RESERVED + ")");
        }
        return number;
    }

    /** Reads an integer, which may be negative. */
    static int signed(ProtoLexer lexer) throws ProtoSyntaxException {
        return integer(lexer, lexer.takes('-') ? "-" : "");
    }

    private static int integer(ProtoLexer lexer, String sign) throws ProtoSyntaxException {
        var token = lexer.expect(Token.Kind.NUMBER);
        try {
            return Integer.decode(sign + token.text());
        } catch (NumberFormatException e) {
            throw new ProtoSyntaxException(token.offset(), token.shown() + " (expected: an integer of 32 bits)");
        }
    }
}
