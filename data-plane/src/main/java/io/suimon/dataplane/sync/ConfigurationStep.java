package io.suimon.dataplane.sync;

import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.StoredResource;
import io.suimon.proto.StateDigest;
import java.util.List;

/**
 * What makes one configuration of another.
 *
 * @param revision of the configuration it makes
 * @param digest of the configuration it makes
 * @param puts resources that are new, or other than before
 * @param removals of resources that were there
 */
public record ConfigurationStep(
        long revision, StateDigest digest, List<StoredResource> puts, List<ResourceKey> removals)
        implements CopyContent {

    public ConfigurationStep {
        puts = List.copyOf(puts);
        removals = List.copyOf(removals);
    }
}
