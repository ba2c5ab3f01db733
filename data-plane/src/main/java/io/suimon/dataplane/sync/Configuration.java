package io.suimon.dataplane.sync;

import io.suimon.engine.resource.StoredResource;
import io.suimon.proto.StateDigest;
import java.util.List;

/**
 * A complete configuration as it travelled: what the disk copy holds.
 *
 * @param storeId the store it came from; empty for none
 * @param revision 0 for none
 * @param digest over the resources
 * @param lastResolved the last forms with their secrets of those resources that travelled without them later, and run as they were
 */
public record Configuration(
        String storeId,
        long revision,
        StateDigest digest,
        List<StoredResource> resources,
        List<StoredResource> lastResolved)
        implements CopyContent {

    public Configuration {
        resources = List.copyOf(resources);
        lastResolved = List.copyOf(lastResolved);
    }

    /** One whose secrets are all there, or were never. */
    public Configuration(String storeId, long revision, StateDigest digest, List<StoredResource> resources) {
        this(storeId, revision, digest, resources, List.of());
    }

    /** The digest its resources really have. */
    public StateDigest computedDigest() {
        var sum = StateDigest.EMPTY;
        for (var resource : resources) {
            sum = Digests.plus(sum, resource);
        }
        return sum;
    }
}
