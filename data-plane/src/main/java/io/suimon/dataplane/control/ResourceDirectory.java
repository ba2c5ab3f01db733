package io.suimon.dataplane.control;

import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import io.suimon.engine.resource.StoredResource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The resources a node has, as they came to it. Asked by any thread but event loops: there may be many to look through. */
public interface ResourceDirectory {

    /** All of a kind, in no particular order. */
    List<StoredResource> all(ResourceKind kind);

    /** One of them; null where there is none. */
    @Nullable
    StoredResource of(ResourceKey key);
}
