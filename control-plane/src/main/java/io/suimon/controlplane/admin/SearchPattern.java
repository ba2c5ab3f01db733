package io.suimon.controlplane.admin;

import io.suimon.engine.regex.BoundedRegex;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression from a query. An expensive one finds nothing more from the first text on that it cannot be decided for: the
 * texts of a list are many, and together may not hold the process up. Belongs to one query.
 */
final class SearchPattern {

    private @Nullable BoundedRegex regex;

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
        if (regex == null) {
            return false;
        }
        return switch (regex.search(text)) {
            case FOUND -> true;
            case ABSENT -> false;
            case UNDECIDED -> {
                regex = null;
                yield false;
            }
        };
    }
}
