package io.suimon.controlplane.admin;

import io.suimon.engine.regex.BoundedRegex;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression from a query. An expensive one is given up with the first text that it cannot be decided for, and finds nothing
 * more: the texts of a list are many, and together may not hold the process up. Belongs to one query; any number of threads search.
 */
final class SearchPattern {

    private final @Nullable BoundedRegex regex;
    private volatile boolean givenUp;

    private SearchPattern(@Nullable BoundedRegex regex) {
        this.regex = regex;
    }

    /** Reads an expression; an invalid one matches nothing. */
    static SearchPattern of(String expression) {
        try {
            return new SearchPattern(BoundedRegex.compile(expression, "u"));
        } catch (IllegalArgumentException invalid) {
            return new SearchPattern(null);
        }
    }

    /** Whether it occurs anywhere in a text. */
    boolean occursIn(String text) {
        if (regex == null || givenUp) {
            return false;
        }
        return switch (regex.search(text)) {
            case FOUND -> true;
            case ABSENT -> false;
            case UNDECIDED -> {
                givenUp = true;
                yield false;
            }
        };
    }

    /** Whether there was a text that it could not be decided for. */
    boolean givenUp() {
        return givenUp;
    }
}
