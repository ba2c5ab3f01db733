package io.suimon.engine.plugins.limitcount;

import io.suimon.engine.plugin.FieldText;

/** How the header fields are called. */
public record LimitCountMetadata(String limitHeader, String remainingHeader, String resetHeader) {

    static final LimitCountMetadata DEFAULT =
            new LimitCountMetadata("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset");

    public LimitCountMetadata {
        requireName("limit_header", limitHeader);
        requireName("remaining_header", remainingHeader);
        requireName("reset_header", resetHeader);
    }

    private static void requireName(String property, String name) {
        if (!FieldText.isName(name)) {
            throw new IllegalArgumentException(property + ": " + name + " (expected: the name of a field)");
        }
    }
}
