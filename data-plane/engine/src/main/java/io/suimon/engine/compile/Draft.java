package io.suimon.engine.compile;

import io.suimon.engine.collection.PersistentMap;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import io.suimon.engine.resource.StoredResource;
import io.suimon.engine.resource.Violation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A configuration while a change is applied to it: loads what is put, forgets what is removed, and remembers what runs differently
 * now. One thread, one change.
 */
final class Draft {

    private final Loader loader;
    private final Set<ResourceKey> changed = new LinkedHashSet<>();
    private Configuration configuration;

    Draft(Configuration base, Loader loader) {
        this.configuration = base;
        this.loader = loader;
    }

    /** What the changes so far came to. */
    Configuration configuration() {
        return configuration;
    }

    void apply(ConfigChange change) {
        var metadataFirst = new ArrayList<StoredResource>();
        var others = new ArrayList<StoredResource>();
        for (var put : change.puts()) {
            (isMetadata(put.key()) ? metadataFirst : others).add(put);
        }
        (change.complete() ? absentFrom(change.puts()) : change.removals()).forEach(this::remove);
        metadataFirst.forEach(this::put);
        others.forEach(this::put);
        bindAnewWhatMetadataChanged();
    }

    /** Everything that may run differently now: what changed, and what depends on it. */
    Set<ResourceKey> affected() {
        var affected = new LinkedHashSet<>(changed);
        var waiting = new ArrayDeque<>(changed);
        while (!waiting.isEmpty()) {
            var key = waiting.removeFirst();
            if (!isMetadata(key)) {
                dependantsOf(key).forEach((dependant, present) -> {
                    if (affected.add(dependant)) {
                        waiting.add(dependant);
                    }
                });
            }
        }
        return affected;
    }

    private List<ResourceKey> absentFrom(List<StoredResource> puts) {
        var present = new HashSet<ResourceKey>();
        puts.forEach(put -> present.add(put.key()));
        var absent = new ArrayList<ResourceKey>();
        configuration.resources().forEach((key, held) -> {
            if (!present.contains(key)) {
                absent.add(key);
            }
        });
        return absent;
    }

    private void remove(ResourceKey key) {
        var held = configuration.resources().get(key);
        if (held != null) {
            keep(key, new Held(held.newest(), null));
            configuration = configuration.without(key);
        }
    }

    private void put(StoredResource source) {
        var held = configuration.resources().get(source.key());
        if (held == null || !held.newest().equals(source)) {
            load(source, held == null ? null : held.live());
        }
    }

    private void load(StoredResource source, @Nullable LiveResource before) {
        var key = source.key();
        switch (loader.load(source, before, configuration::metadata)) {
            case Loader.Loaded.Live(var live) -> {
                keep(key, new Held(source, live));
                configuration = configuration.withoutRejection(key);
            }
            case Loader.Loaded.Refused(var violations) -> {
                keep(key, new Held(source, before == null ? null : standing(before)));
                configuration = configuration.with(rejection(source, violations));
            }
        }
    }

    /** The last good form, under the present metadata where that is possible. */
    private LiveResource standing(LiveResource before) {
        return loader.load(before.source(), before, configuration::metadata) instanceof Loader.Loaded.Live(var live)
                ? live
                : before;
    }

    private void bindAnewWhatMetadataChanged() {
        var metadata = changed.stream().filter(Draft::isMetadata).toList();
        if (metadata.isEmpty()) {
            return;
        }
        var users = new LinkedHashSet<ResourceKey>();
        metadata.forEach(key -> dependantsOf(key).forEach((user, present) -> users.add(user)));
        configuration.rejections().forEach((key, rejection) -> users.add(key));
        for (var user : users) {
            var held = configuration.resources().get(user);
            if (held != null) {
                load(held.newest(), held.live());
            }
        }
    }

    private void keep(ResourceKey key, Held held) {
        var before = configuration.live(key);
        configuration = configuration.with(key, held);
        if (sameBehaviour(before, held.live())) {
            return;
        }
        changed.add(key);
        var gone = before == null ? List.<ResourceKey>of() : References.of(before.resource());
        var come = held.live() == null
                ? List.<ResourceKey>of()
                : References.of(held.live().resource());
        for (var reference : gone) {
            if (!come.contains(reference)) {
                configuration = configuration.withoutDependant(reference, key);
            }
        }
        for (var reference : come) {
            if (!gone.contains(reference)) {
                configuration = configuration.withDependant(reference, key);
            }
        }
    }

    private static boolean sameBehaviour(@Nullable LiveResource before, @Nullable LiveResource after) {
        if (before == null || after == null) {
            return before == null && after == null;
        }
        return sameStanding(before, after)
                && before.resource().equals(after.resource())
                && before.plugins().equals(after.plugins());
    }

    /** The order of routes goes by when they were created, that of two claims to one key by when they were last written. */
    private static boolean sameStanding(LiveResource before, LiveResource after) {
        return before.source().createRevision() == after.source().createRevision()
                && (after.proofs().isEmpty()
                        || before.source().modRevision() == after.source().modRevision());
    }

    private PersistentMap<ResourceKey, Boolean> dependantsOf(ResourceKey key) {
        return configuration.dependants().getOrDefault(key, PersistentMap.empty());
    }

    private static Rejection rejection(StoredResource source, List<Violation> violations) {
        var reason = violations.stream().map(Violation::message).collect(Collectors.joining("; "));
        return new Rejection(source.key(), source.modRevision(), reason);
    }

    private static boolean isMetadata(ResourceKey key) {
        return key.kind() == ResourceKind.PLUGIN_METADATA;
    }
}
