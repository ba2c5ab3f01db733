package io.suimon.dataplane.sync;

import io.suimon.engine.compile.ConfigChange;
import io.suimon.engine.compile.Rejection;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.StoredResource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps resources at their last form with secrets in it, while the control plane has only the names of the secrets: it was
 * restarted, and the secret manager is gone. Such a resource is listed as rejected. A name where there was no value is none of its
 * business. Not thread-safe.
 */
final class LastResolved {

    private final Map<ResourceKey, StoredResource> kept = new HashMap<>();
    private final Map<ResourceKey, Rejection> rejections = new HashMap<>();

    /**
     * What of a change is to be compiled: all but the resources that stay at what they are.
     *
     * @param before what the node had of a resource until now
     */
    ConfigChange without(ConfigChange change, Function<ResourceKey, @Nullable StoredResource> before) {
        if (change.complete()) {
            kept.clear();
            rejections.clear();
        }
        change.removals().forEach(this::release);
        var puts = new ArrayList<StoredResource>(change.puts().size());
        for (var put : change.puts()) {
            var running = kept.getOrDefault(put.key(), before.apply(put.key()));
            var lost =
                    running == null ? null : LostSecrets.firstIn(put, running).orElse(null);
            if (running == null || lost == null) {
                release(put.key());
                puts.add(put);
            } else {
                keep(put, running, lost);
            }
        }
        return new ConfigChange(change.revision(), change.complete(), puts, change.removals());
    }

    /**
     * What a disk copy is compiled from: the forms kept, where it has only the names.
     *
     * @param keptThen what {@link #kept()} was when the copy was made
     */
    ConfigChange restored(ConfigChange complete, List<StoredResource> keptThen) {
        var running = new HashMap<ResourceKey, StoredResource>();
        keptThen.forEach(resource -> running.put(resource.key(), resource));
        var puts = new ArrayList<StoredResource>(complete.puts().size());
        for (var put : complete.puts()) {
            var form = running.get(put.key());
            var lost = form == null ? null : LostSecrets.firstIn(put, form).orElse(null);
            if (form == null || lost == null) {
                puts.add(put);
            } else {
                keep(put, form, lost);
                puts.add(form);
            }
        }
        return new ConfigChange(complete.revision(), complete.complete(), puts, complete.removals());
    }

    private void keep(StoredResource newest, StoredResource running, String place) {
        kept.put(newest.key(), running);
        rejections.put(
                newest.key(),
                new Rejection(
                        newest.key(),
                        newest.modRevision(),
                        place
                                + ": a secret that is not resolved (expected: its value, as before); see GET /suimon/v1/secrets"));
    }

    private void release(ResourceKey key) {
        kept.remove(key);
        rejections.remove(key);
    }

    /** The resources kept, in the form that runs. */
    List<StoredResource> kept() {
        return List.copyOf(kept.values());
    }

    List<Rejection> rejections() {
        return List.copyOf(rejections.values());
    }
}
