package io.suimon.engine.schema;

import io.suimon.engine.regex.BoundedRegex;

/**
 * A regular expression of a schema. A text that cannot be decided does not match: only a hostile one gets that far.
 *
 * @param source as the schema has it
 */
record PcrePattern(String source, BoundedRegex regex) {

    /**
     * @throws IllegalArgumentException when it is no regular expression
     */
    static PcrePattern of(String source) {
        try {
            return new PcrePattern(source, BoundedRegex.forValues(source));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("pattern: " + source + " (expected: a regular expression)", e);
        }
    }

    boolean foundIn(String text) {
        return regex.foundIn(text);
    }
}
