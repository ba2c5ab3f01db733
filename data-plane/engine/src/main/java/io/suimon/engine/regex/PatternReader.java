package io.suimon.engine.regex;

/** A pattern in PCRE's syntax and how far it is read. Belongs to one translation. */
final class PatternReader {

    private final String pattern;
    private final String shown;
    private int at;

    /**
     * @param shown the pattern as people wrote it, for messages
     */
    PatternReader(String pattern, String shown) {
        this.pattern = pattern;
        this.shown = shown;
    }

    int position() {
        return at;
    }

    void back(int position) {
        at = position;
    }

    boolean atEnd() {
        return at == pattern.length();
    }

    /** Steps over the next character, which has to be there. */
    int next() {
        int c = pattern.codePointAt(at);
        at += Character.charCount(c);
        return c;
    }

    boolean looksAt(String text) {
        return pattern.startsWith(text, at);
    }

    boolean looksAtDigit() {
        return !atEnd() && isDigit(pattern.charAt(at), 10);
    }

    /** Steps over the text if it is what comes next. */
    boolean take(String text) {
        boolean there = looksAt(text);
        at += there ? text.length() : 0;
        return there;
    }

    /** Steps over the text as often as it comes next. */
    void takeAll(String text) {
        while (looksAt(text)) {
            at += text.length();
        }
    }

    /** Steps over the next character if it is one of these; 0 if it is not. */
    int takeAny(String characters) {
        return atEnd() || characters.indexOf(pattern.charAt(at)) < 0 ? 0 : next();
    }

    /** What is left up to the next such text, which is stepped over; all there is where there is none. */
    String until(String end) {
        int to = pattern.indexOf(end, at);
        var text = pattern.substring(at, to < 0 ? pattern.length() : to);
        at = to < 0 ? pattern.length() : to + end.length();
        return text;
    }

    /** What is left up to the next such text, which is stepped over; refuses a pattern that has none. */
    String until(String end, String words) {
        if (pattern.indexOf(end, at) < 0) {
            throw refused(words);
        }
        return until(end);
    }

    /** Digits, as many as there are. */
    String digits(int radix, int most) {
        int from = at;
        while (!atEnd() && at - from < most && isDigit(pattern.charAt(at), radix)) {
            at++;
        }
        return pattern.substring(from, at);
    }

    /** What a group may be called, if that is what comes next; otherwise nothing. */
    String word() {
        int from = at;
        while (!atEnd() && isWord(pattern.charAt(at))) {
            at++;
        }
        return pattern.substring(from, at);
    }

    private static boolean isDigit(char c, int radix) {
        return c < 0x80 && Character.digit(c, radix) >= 0;
    }

    static boolean isWord(int c) {
        return c == '_' || (c < 0x80 && Character.isLetterOrDigit(c));
    }

    /** That the pattern is none, in PCRE's words. */
    IllegalArgumentException refused(String words) {
        return new IllegalArgumentException(message(words));
    }

    /** That the pattern is one, but not for this gateway. */
    UnsupportedPatternException unsupported(String what) {
        return new UnsupportedPatternException(message(what + " is not supported"));
    }

    private String message(String words) {
        return "pcre2_compile() failed: " + words + " in \"" + shown + "\"";
    }
}
