package io.suimon.engine.protobuf;

/** Names of several words. Pure functions. */
final class Names {

    /**
     * Of a package, and of a thing with what it is in but without its package. Every thing has a name of its own, and every use of one
     * looks through all it may be in: without a bound a short text could be about names without end.
     */
    static final int MAX_LENGTH = 256;

    private static final int MAX_SHOWN = 64;

    private Names() {}

    /** Reads words with points between them. */
    static String dotted(ProtoLexer lexer) throws ProtoSyntaxException {
        int offset = lexer.peek().offset();
        var name = new StringBuilder(lexer.expect(Token.Kind.WORD).text());
        while (lexer.takes('.')) {
            name.append('.').append(lexer.expect(Token.Kind.WORD).text());
        }
        return bounded(name.toString(), offset);
    }

    /** Reads the name of a type, which may begin with a point. */
    static String ofType(ProtoLexer lexer) throws ProtoSyntaxException {
        return lexer.takes('.') ? "." + dotted(lexer) : dotted(lexer);
    }

    /** The name of a thing with what it is in. */
    static String within(String scope, Token name) throws ProtoSyntaxException {
        return bounded(within(scope, name.text()), name.offset());
    }

    static String within(String scope, String name) {
        return scope.isEmpty() ? name : scope + "." + name;
    }

    /** A text as it is shown to people, no longer than a line. */
    static String shown(String text) {
        return "'" + (text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "..." : text) + "'";
    }

    private static String bounded(String name, int offset) throws ProtoSyntaxException {
        if (name.length() > MAX_LENGTH) {
            throw new ProtoSyntaxException(offset, tooLong(name));
        }
        return name;
    }

    static String tooLong(String name) {
        return "name " + shown(name) + " of " + name.length() + " characters (expected: at most " + MAX_LENGTH + ")";
    }
}
