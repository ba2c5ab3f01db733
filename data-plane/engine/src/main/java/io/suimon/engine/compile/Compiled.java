package io.suimon.engine.compile;

import java.util.List;

/**
 * What compiling a change came to.
 *
 * @param rejections every resource that is in quarantine now, not only those of this change
 */
public record Compiled(Runtime runtime, List<Rejection> rejections) {

    public Compiled {
        rejections = List.copyOf(rejections);
    }
}
