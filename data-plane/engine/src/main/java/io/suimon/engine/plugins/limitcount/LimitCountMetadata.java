package io.suimon.engine.plugins.limitcount;

import io.suimon.engine.plugin.FieldText;

/** How the header fields are called. */
public record LimitCountMetadata(String limitHeader, String remainingHeader, String resetHeader) {

    static final LimitCountMetadata DEFAULT =
            new LimitCountMetadata("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset");

    public LimitCountMetadata {
        FieldText.requireName("limit_header", limitHeader);
        FieldText.requireName("remaining_header", remainingHeader);
        FieldText.requireName("reset_header", resetHeader);
    }
}
