package io.suimon.dataplane.sync;

import io.suimon.engine.resource.StoredResource;
import io.suimon.proto.StateDigest;
import org.jspecify.annotations.Nullable;

/** The digest of resources; see {@link StateDigest}. */
public final class Digests {

    private Digests() {}

    /** With one resource more. */
    public static StateDigest plus(StateDigest digest, StoredResource resource) {
        return digest.plus(
                resource.key().kind().directory(), resource.key().id(), resource.modRevision(), resource.json());
    }

    /** Without a resource that was in it; null stands for none. */
    public static StateDigest minus(StateDigest digest, @Nullable StoredResource resource) {
        return resource == null
                ? digest
                : digest.minus(
                        resource.key().kind().directory(),
                        resource.key().id(),
                        resource.modRevision(),
                        resource.json());
    }
}
