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
 */
public record Configuration(String storeId, long revision, StateDigest digest, List<StoredResource> resources) {

    public Configuration {
        resources = List.copyOf(resources);
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
