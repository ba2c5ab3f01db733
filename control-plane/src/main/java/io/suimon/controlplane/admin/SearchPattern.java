package io.suimon.controlplane.admin;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A regular expression from a query, whose work is bounded: an expensive one finds nothing instead of holding the process up. */
final class SearchPattern {

    /** Characters looked at in one text, counting repeats. */
    private static final int MAX_STEPS = 200_000;

    private final Optional<Pattern> pattern;

    private SearchPattern(Optional<Pattern> pattern) {
        this.pattern = pattern;
    }

    /** Reads an expression; an invalid one matches nothing. */
    static SearchPattern of(String expression) {
        try {
            return new SearchPattern(Optional.of(Pattern.compile(expression)));
        } catch (PatternSyntaxException e) {
            return new SearchPattern(Optional.empty());
        }
    }

    /** Whether it occurs anywhere in a text. */
    boolean occursIn(String text) {
        if (pattern.isEmpty()) {
            return false;
        }
        try {
            return pattern.get().matcher(new Metered(text, new int[1])).find();
        } catch (TooMuchWorkException | StackOverflowError e) {
            return false;
        }
    }

    /** Counts how often a matcher looks; the count is shared with its parts. */
    private record Metered(CharSequence text, int[] steps) implements CharSequence {

        @Override
        public char charAt(int index) {
            if (++steps[0] > MAX_STEPS) {
                throw new TooMuchWorkException();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Metered(text.subSequence(start, end), steps);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }

    private static final class TooMuchWorkException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooMuchWorkException() {
            super(null, null, false, false);
        }
    }
}
