package io.suimon.dataplane.sync;

import io.suimon.engine.compile.ConfigChange;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.StoredResource;
import io.suimon.proto.StateDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which resources changed since the disk copy got its last content. Of more than an eighth of them nothing is remembered: then the copy
 * is as well written anew. Not thread-safe.
 */
final class Unkept {

    private static final int SHARE = 8;

    /** So many changes are remembered in any case. */
    private static final int FEW = 64;

    private final Set<ResourceKey> keys = new HashSet<>();
    private boolean everything = true;

    /**
     * There is a change.
     *
     * @param another whether it makes a configuration that has nothing to do with the one before
     * @param resources how many there are before the change
     */
    void note(ConfigChange change, boolean another, int resources) {
        if (everything) {
            return;
        }
        change.puts().forEach(put -> keys.add(put.key()));
        keys.addAll(change.removals());
        if (another || keys.size() > Math.max(FEW, resources / SHARE)) {
            keys.clear();
            everything = true;
        }
    }

    /** Whether the changes make a step; one cannot say what became of resources in the last form with their secrets. */
    boolean isStep(List<StoredResource> lastResolved) {
        return !everything && lastResolved.isEmpty();
    }

    /** The step from what was kept last to what there is now. */
    ConfigurationStep step(long revision, StateDigest digest, Function<ResourceKey, @Nullable StoredResource> now) {
        var puts = new ArrayList<StoredResource>(keys.size());
        var removals = new ArrayList<ResourceKey>();
        for (var key : keys) {
            var resource = now.apply(key);
            if (resource == null) {
                removals.add(key);
            } else {
                puts.add(resource);
            }
        }
        return new ConfigurationStep(revision, digest, puts, removals);
    }

    /** All that there is now is kept. */
    void kept(List<StoredResource> lastResolved) {
        keys.clear();
        everything = !lastResolved.isEmpty();
    }
}
