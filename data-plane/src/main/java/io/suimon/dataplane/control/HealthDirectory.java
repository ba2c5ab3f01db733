package io.suimon.dataplane.control;

import io.suimon.engine.health.CheckerStatus;
import io.suimon.engine.resource.ResourceKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of the health of upstreams. Asked by any thread but event loops: it may have much to look through. */
public interface HealthDirectory {

    /** Whatever has checks, by its key. */
    List<CheckerStatus> all();

    /** One of them; null where it has no checks. */
    @Nullable
    CheckerStatus of(ResourceKey key);

    /** Whether there is such a resource. */
    boolean exists(ResourceKey key);
}
