package io.suimon.engine.protobuf;

/**
 * The smallest part of a text that means something.
 *
 * @param text of a string what is between its quotes, as written; empty at the end
 * @param offset where it begins
 */
record Token(Kind kind, String text, int offset) {

    enum Kind {
        WORD,
        NUMBER,
        STRING,
        SYMBOL,
        END
    }

    boolean is(char symbol) {
        return kind == Kind.SYMBOL && text.charAt(0) == symbol;
    }

    boolean is(String word) {
        return kind == Kind.WORD && text.equals(word);
    }

    /** As it is shown to people: no longer than a line. */
    String shown() {
        return kind == Kind.END ? "the end" : Names.shown(text);
    }
}
