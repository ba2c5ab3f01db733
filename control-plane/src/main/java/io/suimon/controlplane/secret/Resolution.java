package io.suimon.controlplane.secret;

import io.suimon.controlplane.json.Json;
import io.suimon.controlplane.mirror.MirrorView;
import io.suimon.controlplane.store.EntryTree;
import io.suimon.controlplane.store.StoredEntry;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows the mirror and makes of it what nodes get, from what is known of each reference. One thread; time comes with each call, by the
 * nano clock.
 *
 * <p>An entry with a reference that was never answered yet waits, at its form before or absent, for as long as the timeout; nothing
 * else waits for it. At the start, everything does, so that no node is told to forget what waits.
 */
final class Resolution {

    private final SecretTable table;
    private final FetchPlan plan;
    private final Environment environment;
    private final long timeoutNanos;
    private final Set<String> waiting = new HashSet<>();
    private EntryTree plain = EntryTree.empty();
    private EntryTree resolved = EntryTree.empty();
    private String storeId = "";
    private long revision;
    private boolean started;
    private long startUntil;
    private @Nullable ResolvedView offered;

    Resolution(SecretConfig config, SecretTable table, FetchPlan plan, Environment environment) {
        this.table = table;
        this.plan = plan;
        this.environment = environment;
        this.timeoutNanos = config.timeout().toNanos();
    }

    /** Takes over a view; time grows with what changed. */
    void take(MirrorView view, long now) {
        if (view.storeId().isEmpty()) {
            return;
        }
        var next = view.plain().entries();
        if (!view.storeId().equals(storeId)) {
            startUntil = started ? startUntil : now + timeoutNanos;
            forgetAll(now);
            // Shared: most entries refer to nothing.
            resolved = next;
        }
        var differences = plain.differencesTo(next);
        for (var difference : differences) {
            manager(difference.path()).ifPresent(manager -> plan.access(manager, access(difference.after()), now));
        }
        for (var difference : differences) {
            take(difference, now);
        }
        plain = next;
        storeId = view.storeId();
        revision = view.revision();
    }

    private void forgetAll(long now) {
        for (var entry : plain.entries()) {
            table.uses(entry.path(), Set.of(), now);
        }
        waiting.clear();
        plain = EntryTree.empty();
    }

    private void take(EntryTree.Difference difference, long now) {
        var path = difference.path();
        var entry = difference.after();
        var key = ResourceKey.ofPath(path);
        boolean isManager =
                key.filter(known -> known.kind() == ResourceKind.SECRET).isPresent();
        var texts = entry == null || key.isEmpty() || isManager ? Set.<String>of() : ReferenceTexts.in(entry.value());
        table.uses(path, texts, now);
        if (!texts.isEmpty()) {
            // Where it stands there already, it is what a new store brought, as it is written.
            resolved = entry != null && entry.equals(resolved.get(path)) ? resolved.without(path) : resolved;
            waiting.add(path);
            return;
        }
        waiting.remove(path);
        resolved = entry == null || isManager ? resolved.without(path) : with(entry);
    }

    /** What is there already is left alone: the tree goes on sharing it with the mirror's. */
    private EntryTree with(StoredEntry entry) {
        return entry.equals(resolved.get(entry.path())) ? resolved : resolved.with(entry);
    }

    private @Nullable VaultAccess access(@Nullable StoredEntry entry) {
        return entry == null
                ? null
                : VaultAccess.of(Json.object(entry.value()).orElseGet(Json::newObject), environment);
    }

    /** The id of a secret manager that can be asked, of its entry's path. */
    private static Optional<String> manager(String path) {
        return ResourceKey.ofPath(path)
                .filter(key ->
                        key.kind() == ResourceKind.SECRET && key.parentId().equals(Reference.VAULT))
                .map(ResourceKey::id);
    }

    /** What nodes are to get now; null when that is what it was. */
    @Nullable
    MirrorView offer(long now) {
        if (storeId.isEmpty()) {
            return null;
        }
        waiting.addAll(table.drainTouched());
        boolean patient = started || now - startUntil < 0;
        waiting.removeIf(path -> {
            if (patient && !table.holdsOf(path, now).isEmpty()) {
                return false;
            }
            var entry = plain.get(path);
            resolved = entry == null ? resolved : with(resolved(entry));
            return true;
        });
        started = started || waiting.isEmpty();
        var view = new ResolvedView(storeId, revision, resolved);
        if (!started || (offered != null && offered.isSame(view))) {
            return null;
        }
        offered = view;
        return view;
    }

    private StoredEntry resolved(StoredEntry entry) {
        boolean known = table.textsOf(entry.path()).stream().anyMatch(text -> table.value(text) != null);
        return known
                ? new StoredEntry(
                        entry.path(),
                        entry.createRevision(),
                        entry.modRevision(),
                        ReferenceTexts.replaced(entry.value(), table::value))
                : entry;
    }

    /** What was offered is offered again: someone was not there. */
    void repeat() {
        offered = null;
    }

    /** How long nothing that waits will give up waiting; null when nothing waits. */
    @Nullable
    Duration patience(long now) {
        if (waiting.isEmpty()) {
            return null;
        }
        long shortest = started ? Long.MAX_VALUE : startUntil - now;
        for (var path : waiting) {
            for (long until : table.holdsOf(path, now)) {
                shortest = Math.min(shortest, until - now);
            }
        }
        return Duration.ofNanos(Math.max(0, shortest));
    }
}
