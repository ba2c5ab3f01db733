package io.suimon.engine.regex;

/** Text that can be looked at so often, which is the only way to stop a matcher. Belongs to one search. */
final class CountedText implements CharSequence {

    /** The text was looked at too often. */
    static final class OutOfSteps extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private OutOfSteps() {
            super("regular expression: given up (expected: fewer steps)", null, false, false);
        }
    }

    private final String text;
    private long left;

    /**
     * @param steps how often one of its characters can be looked at
     */
    CountedText(String text, long steps) {
        this.text = text;
        this.left = steps;
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
