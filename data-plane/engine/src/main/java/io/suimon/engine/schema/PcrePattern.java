package io.suimon.engine.schema;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression of a schema. They are written for PCRE; this holds the differences to Java's.
 *
 * <p>{@code $} means the very end and not also the place before a last line feed, which PCRE allows: nothing a schema bounds may bring
 * a line feed along. A text that cannot be decided within the stack does not match.
 */
final class PcrePattern {

    private final String source;
    private final Pattern pattern;

    /**
     * @throws IllegalArgumentException when it is no regular expression
     */
    PcrePattern(String source) {
        this.source = source;
        try {
            pattern = Pattern.compile(translate(source), Pattern.UNIX_LINES);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("pattern: " + source + " (expected: a regular expression)", e);
        }
    }

    String source() {
        return source;
    }

    boolean foundIn(String text) {
        try {
            return pattern.matcher(text).find();
        } catch (StackOverflowError tooDeep) {
            return false; // a repeated group recurses in java.util.regex: only a hostile text gets this far
        }
    }

    /** Outside of brackets {@code $} becomes {@code \z}; inside, an open bracket and an ampersand mean themselves. */
    private static String translate(String pcre) {
        var out = new StringBuilder(pcre.length() + 8);
        boolean inBrackets = false;
        for (int i = 0; i < pcre.length(); i++) {
            char c = pcre.charAt(i);
            if (c == '\\' && i + 1 < pcre.length()) {
                out.append(c).append(pcre.charAt(++i));
            } else if (inBrackets) {
                inBrackets = c != ']';
                out.append(c == '[' || c == '&' ? "\\" : "").append(c);
            } else {
                inBrackets = c == '[';
                out.append(c == '$' ? "\\z" : String.valueOf(c));
            }
        }
        return out.toString();
    }
}
