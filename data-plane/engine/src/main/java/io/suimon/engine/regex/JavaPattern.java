package io.suimon.engine.regex;

/** A pattern in Java's syntax that is being written. Belongs to one translation. */
final class JavaPattern {

    private final StringBuilder text = new StringBuilder();

    /** Adds what is special, or looks the same in both syntaxes. */
    void syntax(String java) {
        text.append(java);
    }

    /** Adds a character that means itself, in brackets as outside of them. */
    void literal(int code) {
        if (code < ' ' || code == 0x7f) {
            text.append("\\x{").append(Integer.toHexString(code)).append('}');
        } else {
            text.append(code >= 0x80 || PatternReader.isWord(code) ? "" : "\\").appendCodePoint(code);
        }
    }

    /** Adds characters that mean themselves. */
    void literals(String characters) {
        characters.codePoints().forEach(this::literal);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
