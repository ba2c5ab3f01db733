package io.suimon.engine.expression;

import io.suimon.engine.text.WireText;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression of a configuration, searched in wire text on event loops. Immutable.
 *
 * <p>{@link Pattern} stands in for PCRE. It backtracks, so a hostile text could keep it busy for ever: a search that has looked at
 * {@link #READS} + {@link #READS_PER_CHAR} × length characters, or has run out of stack, is given up and counts as no match.
 */
final class Regex {

    /** Characters a search may look at, however short the text is: about a millisecond's work. */
    public static final int READS = 200_000;

    /** Characters a search may look at for each one of the text. */
    public static final int READS_PER_CHAR = 16;

    private final Pattern pattern;

    private Regex(Pattern pattern) {
        this.pattern = pattern;
    }

    /**
     * Compiles an expression.
     *
     * @param text in configuration text; {@code (?P<name>…)} is understood
     * @throws IllegalArgumentException when it is malformed; the message says where
     */
    public static Regex compile(String text, boolean ignoreCase) {
        var java = WireText.of(text).replace("(?P<", "(?<");
        try {
            return new Regex(Pattern.compile(java, ignoreCase ? Pattern.CASE_INSENSITIVE : 0));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    text + " (expected: a regular expression; " + e.getDescription() + " at " + e.getIndex() + ")", e);
        }
    }

    /** Whether it is found anywhere in the text. */
    public boolean find(String text) {
        return search(text) != null;
    }

    /** Where it is found first and what its groups hold, or null. */
    public @Nullable MatchResult search(String text) {
        var matcher = pattern.matcher(new Limited(text, READS + (long) READS_PER_CHAR * text.length()));
        return found(matcher) ? matcher.toMatchResult() : null;
    }

    private static boolean found(Matcher matcher) {
        try {
            return matcher.find();
        } catch (GivenUp | StackOverflowError e) { // the matcher recurses once per repeated group
            return false;
        }
    }

    @Override
    public String toString() {
        return pattern.pattern();
    }

    /** Thrown through the matcher, which offers no other way to stop it. */
    private static final class GivenUp extends RuntimeException {

        private static final long serialVersionUID = 1L;

        GivenUp() {
            super(null, null, false, false);
        }
    }

    /** Text that can be read so often. Belongs to one search. */
    private static final class Limited implements CharSequence {

        private final String text;
        private long left;

        Limited(String text, long reads) {
            this.text = text;
            this.left = reads;
        }

        @Override
        public char charAt(int index) {
            if (--left < 0) {
                throw new GivenUp();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
