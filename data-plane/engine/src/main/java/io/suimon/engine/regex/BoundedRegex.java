package io.suimon.engine.regex;

import io.suimon.engine.text.WireText;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression in PCRE's syntax, on wire text. A search that would take too long is given up, so that no text a client
 * chooses holds an event loop.
 *
 * <p>Immutable, used by any thread.
 */
public final class BoundedRegex {

    /** Characters looked at before a search is given up, for a short text. */
    static final int STEPS = 1_000_000;

    /** The same per character of the text, for a long one. */
    static final int STEPS_PER_CHARACTER = 16;

    private static final String KNOWN_FLAGS = "adDijJmosuUx";

    /** What a search came to. */
    public enum Outcome {
        FOUND,
        ABSENT,
        /** Given up. */
        UNDECIDED
    }

    private final Pattern pattern;
    private final boolean anchored;
    private final boolean unicode;

    private BoundedRegex(Pattern pattern, boolean anchored, boolean unicode) {
        this.pattern = pattern;
        this.anchored = anchored;
        this.unicode = unicode;
    }

    /** Compiles without flags. */
    public static BoundedRegex compile(String pattern) {
        return compile(pattern, "");
    }

    /**
     * Compiles.
     *
     * @param pattern configuration text
     * @param flags letters: {@code i} any case, {@code m} lines, {@code s} dot is any character, {@code x} blanks and comments,
     *     {@code a} at the start only, {@code u} and {@code U} characters rather than bytes; {@code d D j J o} change nothing
     * @throws IllegalArgumentException with the text people know
     */
    public static BoundedRegex compile(String pattern, String flags) {
        requireKnown(flags);
        boolean unicode = flags.contains("u") || flags.contains("U");
        int bits = Pattern.UNIX_LINES
                | (flags.contains("i") ? Pattern.CASE_INSENSITIVE : 0)
                | (flags.contains("m") ? Pattern.MULTILINE : 0)
                | (flags.contains("s") ? Pattern.DOTALL : 0)
                | (flags.contains("x") ? Pattern.COMMENTS : 0)
                | (unicode ? Pattern.UNICODE_CASE : 0);
        try {
            var source = PcreSyntax.toJava(unicode ? pattern : WireText.of(pattern));
            return new BoundedRegex(Pattern.compile(source, bits), flags.contains("a"), unicode);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(PcreSyntax.message(pattern, e), e);
        }
    }

    /**
     * Checks flags alone.
     *
     * @throws IllegalArgumentException naming the unknown flag
     */
    public static void requireKnown(String flags) {
        for (int i = 0; i < flags.length(); i++) {
            if (KNOWN_FLAGS.indexOf(flags.charAt(i)) < 0) {
                throw new IllegalArgumentException(
                        "unknown flag \"" + flags.charAt(i) + "\" (flags \"" + flags + "\")");
            }
        }
    }

    /** Looks for the expression anywhere in the text. */
    public Outcome search(String text) {
        try {
            return next(matcher(text)) ? Outcome.FOUND : Outcome.ABSENT;
        } catch (OutOfSteps | StackOverflowError givenUp) {
            return Outcome.UNDECIDED;
        }
    }

    /** Whether the expression is in the text; one that cannot be decided is not. */
    public boolean foundIn(String text) {
        return search(text) == Outcome.FOUND;
    }

    boolean unicode() {
        return unicode;
    }

    /**
     * A matcher that throws {@link OutOfSteps} when it has looked long enough; and, as java.util.regex recurses into repeated
     * groups, {@link StackOverflowError}.
     */
    Matcher matcher(String text) {
        return pattern.matcher(new CountedText(text, STEPS + (long) STEPS_PER_CHARACTER * text.length()));
    }

    boolean next(Matcher matcher) {
        if (!anchored) {
            return matcher.find();
        }
        if (matcher.hasMatch()) {
            if (matcher.end() == matcher.start()) {
                return false;
            }
            matcher.region(matcher.end(), matcher.regionEnd());
        }
        return matcher.lookingAt();
    }

    /** The search has looked at too many characters. */
    static final class OutOfSteps extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private OutOfSteps() {
            super("regular expression: given up (expected: fewer steps)", null, false, false);
        }
    }

    /** Text that can be looked at so often. Belongs to one search. */
    private static final class CountedText implements CharSequence {

        private final String text;
        private long left;

        CountedText(String text, long left) {
            this.text = text;
            this.left = left;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (--left < 0) {
                throw new OutOfSteps();
            }
            return text.charAt(index);
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
