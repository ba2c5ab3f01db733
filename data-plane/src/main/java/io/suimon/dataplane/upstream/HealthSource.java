package io.suimon.dataplane.upstream;

import io.suimon.engine.compile.UpstreamTarget;
import io.suimon.engine.health.UpstreamHealth;
import org.jspecify.annotations.Nullable;

/** Where event loops get the health of an upstream's endpoints from. Asked by any of them; never blocks. */
@FunctionalInterface
public interface HealthSource {

    /** Nothing is checked. */
    HealthSource NONE = target -> null;

    /** The health of a target, the same for all who ask; null where it has no checks. */
    @Nullable
    UpstreamHealth of(UpstreamTarget target);
}
