package io.suimon.engine.protobuf;

import java.util.Locale;

/** Cuts a text into tokens, without blanks and comments. Mutable, for one thread. */
final class ProtoLexer {

    private final String text;
    private int at;
    private Token next = new Token(Token.Kind.END, "", 0);

    /** One that stands before the first token. */
    ProtoLexer(String text) {
        this.text = text;
    }

    /** Goes to the first token. */
    void start() throws ProtoSyntaxException {
        advance();
    }

    Token peek() {
        return next;
    }

    Token take() throws ProtoSyntaxException {
        var taken = next;
        advance();
        return taken;
    }

    /** Takes a symbol if it is the next token. */
    boolean takes(char symbol) throws ProtoSyntaxException {
        boolean is = next.is(symbol);
        if (is) {
            advance();
        }
        return is;
    }

    /** Takes a word if it is the next token. */
    boolean takes(String word) throws ProtoSyntaxException {
        boolean is = next.is(word);
        if (is) {
            advance();
        }
        return is;
    }

    void expect(char symbol) throws ProtoSyntaxException {
        if (!takes(symbol)) {
            throw unexpected("'" + symbol + "'");
        }
    }

    Token expect(Token.Kind kind) throws ProtoSyntaxException {
        if (next.kind() != kind) {
            throw unexpected("a " + kind.name().toLowerCase(Locale.ROOT));
        }
        return take();
    }

    ProtoSyntaxException unexpected(String expected) {
        return new ProtoSyntaxException(next.offset(), next.shown() + " (expected: " + expected + ")");
    }

    /** Line and column of a place, both from 1. */
    String place(int offset) {
        int line = 1;
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0 && end < offset; end = text.indexOf('\n', end + 1)) {
            line++;
            start = end + 1;
        }
        return line + ":" + (offset - start + 1);
    }

    private void advance() throws ProtoSyntaxException {
        skipBlanks();
        int start = at;
        if (at == text.length()) {
            next = new Token(Token.Kind.END, "", start);
            return;
        }
        char first = text.charAt(at);
        if (isLetter(first)) {
            next = run(Token.Kind.WORD, start);
        } else if (isDigit(first) || (first == '.' && isDigit(charAt(at + 1)))) {
            next = run(Token.Kind.NUMBER, start);
        } else if (first == '"' || first == '\'') {
            next = string(start, first);
        } else {
            at++;
            next = new Token(Token.Kind.SYMBOL, text.substring(start, at), start);
        }
    }

    private Token run(Token.Kind kind, int start) {
        boolean number = kind == Token.Kind.NUMBER;
        while (at < text.length() && (isPart(text.charAt(at)) || (number && isOfNumber(start)))) {
            at++;
        }
        return new Token(kind, text.substring(start, at), start);
    }

    /** A point, or the sign of an exponent. */
    private boolean isOfNumber(int start) {
        char c = text.charAt(at);
        boolean exponent = at > start && (text.charAt(at - 1) == 'e' || text.charAt(at - 1) == 'E');
        boolean hexadecimal = charAt(start + 1) == 'x' || charAt(start + 1) == 'X';
        return c == '.' || ((c == '-' || c == '+') && exponent && !hexadecimal);
    }

    private Token string(int start, char quote) throws ProtoSyntaxException {
        at++;
        while (at < text.length() && text.charAt(at) != quote && text.charAt(at) != '\n') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        if (charAt(at) != quote) {
            throw new ProtoSyntaxException(start, "a string without end");
        }
        at++;
        return new Token(Token.Kind.STRING, text.substring(start + 1, at - 1), start);
    }

    private void skipBlanks() throws ProtoSyntaxException {
        while (at < text.length()) {
            if (text.startsWith("//", at)) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (text.startsWith("/*", at)) {
                int end = text.indexOf("*/", at + 2);
                if (end < 0) {
                    throw new ProtoSyntaxException(at, "a comment without end");
                }
                at = end + 2;
            } else if (Character.isWhitespace(text.charAt(at)) || text.charAt(at) == '\uFEFF') {
                at++;
            } else {
                return;
            }
        }
    }

    /** The end is no character of a text that means anything. */
    private char charAt(int index) {
        return index < text.length() ? text.charAt(index) : '\0';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isPart(char c) {
        return isLetter(c) || isDigit(c);
    }
}
