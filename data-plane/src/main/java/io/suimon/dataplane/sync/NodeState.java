package io.suimon.dataplane.sync;

import io.suimon.dataplane.control.ResourceDirectory;
import io.suimon.engine.compile.ConfigChange;
import io.suimon.engine.compile.Rejection;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import io.suimon.engine.resource.StoredResource;
import io.suimon.proto.StateDigest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The resources of the revision this node runs, with their digest. One thread writes; what shows it may be called by
 * any.
 */
final class NodeState implements ResourceDirectory {

    private final Map<ResourceKey, StoredResource> resources = new HashMap<>();
    private final LastResolved lastResolved = new LastResolved();
    private String storeId = "";
    private long revision;
    private StateDigest digest = StateDigest.EMPTY;
    private final Map<ResourceKind, Long> newest = new EnumMap<>(ResourceKind.class);
    private final Unkept unkept = new Unkept();

    /**
     * A change worked out, not yet made.
     *
     * @param change for the compiler; only what really differs
     * @param digest what the digest is afterwards
     */
    record Step(String storeId, ConfigChange change, StateDigest digest) {}

    /** What makes a complete configuration of this one. */
    synchronized Step toward(String newStoreId, long newRevision, List<StoredResource> everything) {
        var kept = new HashSet<ResourceKey>(everything.size() * 2);
        var puts = new ArrayList<StoredResource>();
        var sum = StateDigest.EMPTY;
        for (var resource : everything) {
            // One that comes twice counts twice, and so spoils the digest: nothing of it is applied.
            sum = Digests.plus(sum, resource);
            kept.add(resource.key());
            if (!resource.equals(resources.get(resource.key()))) {
                puts.add(resource);
            }
        }
        if (storeId.isEmpty()) {
            return new Step(newStoreId, new ConfigChange(newRevision, true, puts, List.of()), sum);
        }
        var removals =
                resources.keySet().stream().filter(key -> !kept.contains(key)).toList();
        return new Step(newStoreId, new ConfigChange(newRevision, false, puts, removals), sum);
    }

    /** What a delta makes of this configuration. */
    synchronized Step after(long newRevision, List<StoredResource> puts, List<ResourceKey> removals) {
        var overlay = new HashMap<ResourceKey, StoredResource>();
        var sum = digest;
        for (var resource : puts) {
            var before =
                    overlay.containsKey(resource.key()) ? overlay.get(resource.key()) : resources.get(resource.key());
            sum = Digests.plus(Digests.minus(sum, before), resource);
            overlay.put(resource.key(), resource);
        }
        var removed = new HashSet<ResourceKey>();
        for (var key : removals) {
            if (removed.add(key)) {
                sum = Digests.minus(sum, resources.get(key));
            }
        }
        return new Step(storeId, new ConfigChange(newRevision, false, puts, removals), sum);
    }

    /** What of a step that is about to be taken is to be compiled; see {@link LastResolved}. */
    synchronized ConfigChange toCompile(Step step) {
        return lastResolved.without(step.change(), resources::get);
    }

    /** The same of a step that restores a disk copy. */
    synchronized ConfigChange toCompile(Step step, Configuration restored) {
        return lastResolved.restored(step.change(), restored.lastResolved());
    }

    /** Resources that stay at the last form with their secrets. */
    synchronized List<Rejection> rejections() {
        return lastResolved.rejections();
    }

    /** Makes the change. */
    synchronized void take(Step step) {
        var change = step.change();
        boolean another = change.complete() || !storeId.equals(step.storeId());
        unkept.note(change, another, resources.size());
        if (change.complete()) {
            resources.clear();
        }
        change.removals().forEach(resources::remove);
        for (var resource : change.puts()) {
            resources.put(resource.key(), resource);
            newest.merge(resource.key().kind(), resource.modRevision(), Math::max);
        }
        storeId = step.storeId();
        revision = change.revision();
        digest = step.digest();
    }

    /** Nothing changed up to this revision. */
    synchronized void confirm(long newRevision) {
        revision = newRevision;
    }

    synchronized String storeId() {
        return storeId;
    }

    synchronized long revision() {
        return revision;
    }

    synchronized StateDigest digest() {
        return digest;
    }

    /** For each kind there has been, the newest revision at which one of it was written. */
    synchronized Map<ResourceKind, Long> newestRevisions() {
        return Map.copyOf(newest);
    }

    @Override
    public synchronized List<StoredResource> all(ResourceKind kind) {
        return resources.values().stream()
                .filter(resource -> resource.key().kind() == kind)
                .toList();
    }

    @Override
    public synchronized @Nullable StoredResource of(ResourceKey key) {
        return resources.get(key);
    }

    /** What the disk copy lacks; see {@link CopySource}. */
    synchronized CopyContent toKeep(boolean whole) {
        var forms = lastResolved.kept();
        if (whole || !unkept.isStep(forms)) {
            unkept.kept(forms);
            return new Configuration(storeId, revision, digest, List.copyOf(resources.values()), forms);
        }
        var step = unkept.step(revision, digest, resources::get);
        unkept.kept(forms);
        return step;
    }
}
