package io.suimon.controlplane.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.controlplane.json.Json;
import io.suimon.controlplane.store.StoredEntry;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Writes down when a resource was created and last changed, in Unix seconds. */
@Singleton
final class Timestamps {

    private static final String CREATED = "create_time";
    private static final String UPDATED = "update_time";

    private final InstantSource clock;

    Timestamps(InstantSource clock) {
        this.clock = clock;
    }

    /** A copy of a value that replaces what there was, whose creation it keeps; null means it is new. */
    ObjectNode replacing(@Nullable StoredEntry previous, ObjectNode value) {
        long now = now();
        var created = previous == null
                ? null
                : Json.object(previous.value())
                        .map(old -> old.get(CREATED))
                        .filter(time -> time.isIntegralNumber())
                        .orElse(null);
        var timed = value.deepCopy();
        if (created == null) {
            timed.put(CREATED, now);
        } else {
            timed.set(CREATED, created);
        }
        return timed.put(UPDATED, now);
    }

    /**
     * Notes a change in a value that a patch has been applied to.
     *
     * @param chosen whether the patch itself says when the change was
     */
    ObjectNode patched(ObjectNode value, boolean chosen) {
        if (!value.hasNonNull(CREATED)) {
            value.put(CREATED, now());
        }
        return chosen ? value : value.put(UPDATED, now());
    }

    /** Whether a patch says when the change was. */
    static boolean chosenBy(ObjectNode patch) {
        return patch.hasNonNull(UPDATED);
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}
