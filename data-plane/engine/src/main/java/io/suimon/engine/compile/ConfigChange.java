package io.suimon.engine.compile;

import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.StoredResource;
import java.util.List;

/**
 * What turns one revision's resources into another's.
 *
 * @param revision the revision that results
 * @param complete whether {@code puts} is everything there is: what is not in it is removed
 * @param removals keys that need not exist; empty when {@code complete}
 */
public record ConfigChange(long revision, boolean complete, List<StoredResource> puts, List<ResourceKey> removals) {

    public ConfigChange {
        puts = List.copyOf(puts);
        removals = List.copyOf(removals);
    }
}
