package io.suimon.engine.compile;

import io.suimon.engine.resource.StoredResource;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one key.
 *
 * @param newest as last written
 * @param candidate the last form that can run by itself, whether or not other resources let it; null when there never was one
 * @param live the last form that is good, which is not {@code newest} while that is in quarantine; null when there never was one
 */
record Held(
        StoredResource newest,
        @Nullable LiveResource candidate,
        @Nullable LiveResource live) {

    /** What a new form takes over from: what runs, if anything. */
    @Nullable
    LiveResource basis() {
        return live == null ? candidate : live;
    }
}
