package io.suimon.engine.compile;

import io.suimon.engine.collection.PersistentMap;
import io.suimon.engine.plugin.SharedGroup;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import io.suimon.engine.resource.StoredResource;
import io.suimon.engine.resource.Violation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A configuration while a change is applied to it: loads what is put, forgets what is removed, and remembers what runs differently
 * now. One thread, one change.
 */
final class Draft {

    /** Fewer resources are loaded before another thread has begun. */
    private static final int WORTH_SPREADING = 500;

    private final Loader loader;
    private final Set<ResourceKey> changed = new LinkedHashSet<>();
    private final GroupCourt court;
    private Configuration configuration;

    Draft(Configuration base, Loader loader) {
        this.configuration = base;
        this.court = new GroupCourt(base.groups());
        this.loader = loader;
    }

    /** What the changes so far came to. */
    Configuration configuration() {
        return configuration;
    }

    void apply(ConfigChange change) {
        boolean nothingRuns = configuration.resources().isEmpty();
        var metadataFirst = new ArrayList<StoredResource>();
        var others = new ArrayList<StoredResource>();
        for (var put : change.puts()) {
            (isMetadata(put.key()) ? metadataFirst : others).add(put);
        }
        (change.complete() ? absentFrom(change.puts()) : change.removals()).forEach(this::remove);
        metadataFirst.forEach(this::put);
        if (nothingRuns && others.size() >= WORTH_SPREADING) {
            putSpread(others);
        } else {
            others.forEach(this::put);
        }
        bindAnewWhatMetadataChanged();
        settleGroups();
    }

    /** What a form of a resource that can run by itself claims, but others contradict, whoever would be refused for it; or none. */
    Optional<SharedGroup> contradiction(LiveResource candidate) {
        var key = candidate.source().key();
        offer(candidate.source(), configuration.resources().get(key), candidate);
        var contradicted = court.judge(this::candidate).stream()
                .filter(verdict ->
                        verdict.key().equals(key) || !court.claims().refused().containsKey(verdict.key()))
                .flatMap(verdict -> Stream.ofNullable(verdict.mismatch()))
                .toList();
        return candidate.groups().stream()
                .filter(group ->
                        contradicted.stream().anyMatch(other -> other.equals(group) || other.contradicts(group)))
                .findFirst();
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
            court.claim(key, held.candidate(), null);
            keep(key, new Held(held.newest(), null, null));
            configuration = configuration.without(key);
        }
    }

    /** The same as putting one after the other, but each is loaded by itself, on every core there is: no request needs one yet. */
    private void putSpread(List<StoredResource> sources) {
        var start = configuration;
        var loaded = sources.parallelStream()
                .map(source -> loader.load(source, null, start::metadata))
                .toList();
        for (int i = 0; i < loaded.size(); i++) {
            var source = sources.get(i);
            take(source, configuration.resources().get(source.key()), loaded.get(i));
        }
    }

    private void put(StoredResource source) {
        var held = configuration.resources().get(source.key());
        if (held == null || !held.newest().equals(source)) {
            load(source, held);
        }
    }

    private void load(StoredResource source, @Nullable Held before) {
        take(source, before, loader.load(source, before == null ? null : before.basis(), configuration::metadata));
    }

    private void take(StoredResource source, @Nullable Held before, Loader.Loaded loaded) {
        switch (loaded) {
            case Loader.Loaded.Live(var candidate) -> {
                offer(source, before, candidate);
                configuration = configuration.withoutRejection(source.key());
            }
            case Loader.Loaded.Refused(var violations) -> {
                offer(source, before, before == null ? null : standing(before.candidate()));
                configuration = configuration.with(rejection(source, violations));
            }
        }
    }

    /** Lets a form run at once, unless others may have something against it. */
    private void offer(StoredResource source, @Nullable Held before, @Nullable LiveResource candidate) {
        court.claim(source.key(), before == null ? null : before.candidate(), candidate);
        var live = candidate;
        if (candidate != null && !candidate.groups().isEmpty()) {
            live = before == null ? null : standing(before.live());
        }
        keep(source.key(), new Held(source, candidate, live));
    }

    private void settleGroups() {
        for (var verdict : court.judge(this::candidate)) {
            court.enforce(verdict);
            var held = held(verdict.key());
            boolean isNewest = verdict.candidate().source().equals(held.newest());
            if (verdict.mismatch() == null) {
                keep(verdict.key(), new Held(held.newest(), verdict.candidate(), verdict.candidate()));
                configuration = isNewest ? configuration.withoutRejection(verdict.key()) : configuration;
            } else if (isNewest) {
                var reason = List.of(verdict.mismatch().mismatch());
                configuration = configuration.with(rejection(held.newest(), reason));
            }
        }
        configuration = configuration.with(court.claims());
    }

    private LiveResource candidate(ResourceKey key) {
        return Objects.requireNonNull(held(key).candidate());
    }

    private Held held(ResourceKey key) {
        return Objects.requireNonNull(configuration.resources().get(key));
    }

    /** The last good form, under the present metadata where that is possible. */
    private @Nullable LiveResource standing(@Nullable LiveResource before) {
        if (before == null) {
            return null;
        }
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
                load(held.newest(), held);
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
