package io.suimon.engine.compile;

import io.suimon.engine.resource.StoredResource;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one key.
 *
 * @param newest as last written
 * @param live the last form that is good, which is not {@code newest} while that is in quarantine; null when there never was one
 */
record Held(StoredResource newest, @Nullable LiveResource live) {

    boolean isQuarantined() {
        return live == null || !live.source().equals(newest);
    }
}
