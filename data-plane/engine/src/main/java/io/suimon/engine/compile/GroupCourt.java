package io.suimon.engine.compile;

import io.suimon.engine.compile.GroupClaims.Name;
import io.suimon.engine.plugin.SharedGroup;
import io.suimon.engine.resource.ResourceKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the claims on shared groups while a change is applied, and decides who may be in a group that not all mean the same by.
 *
 * <p>Resources are heard in the order in which they were created, then of their paths: whoever contradicts one that was let in is
 * refused, and then has no say in any group. The outcome depends on the candidates alone, not on the way there. A claim on a group
 * all agree on costs the same whatever the number of its members; only a disputed group, which admission lets nobody make, has all of
 * them heard again. One thread, one change.
 */
final class GroupCourt {

    private static final Comparator<LiveResource> ORDER = Comparator.comparingLong(
                    (LiveResource candidate) -> candidate.source().createRevision())
            .thenComparing(candidate -> candidate.source().key().path());

    /**
     * What was decided about a resource.
     *
     * @param mismatch the claim that contradicts another's; null when it is let in
     */
    record Verdict(LiveResource candidate, @Nullable SharedGroup mismatch) {

        ResourceKey key() {
            return candidate.source().key();
        }
    }

    private final Set<Name> disputed = new LinkedHashSet<>();
    private final Set<ResourceKey> waiting = new LinkedHashSet<>();
    private GroupClaims claims;

    GroupCourt(GroupClaims claims) {
        this.claims = claims;
    }

    GroupClaims claims() {
        return claims;
    }

    /** Replaces what a resource claims. Whoever claims anything has to wait for a verdict. */
    void claim(ResourceKey key, @Nullable LiveResource before, @Nullable LiveResource candidate) {
        var gone = before == null ? List.<SharedGroup>of() : before.groups();
        var come = candidate == null ? List.<SharedGroup>of() : candidate.groups();
        for (var group : gone) {
            noteDispute(group);
            claims = claims.without(key, group);
        }
        for (var group : come) {
            claims = claims.with(key, group);
            noteDispute(group);
        }
        if (come.isEmpty()) {
            waiting.remove(key);
            claims = claims.withoutRefusal(key);
        } else {
            waiting.add(key);
        }
    }

    /** Decides about all who wait, and all whose fate may depend on what changed. */
    List<Verdict> judge(Function<ResourceKey, LiveResource> candidates) {
        var heard = new ArrayList<LiveResource>();
        parties(candidates).forEach(key -> heard.add(candidates.apply(key)));
        heard.sort(ORDER);
        var agreed = new HashMap<Name, SharedGroup>();
        return heard.stream()
                .map(candidate -> new Verdict(candidate, admit(candidate, agreed)))
                .toList();
    }

    void enforce(Verdict verdict) {
        claims = verdict.mismatch == null
                ? claims.withoutRefusal(verdict.key())
                : claims.withRefusal(verdict.key(), verdict.mismatch);
    }

    private void noteDispute(SharedGroup group) {
        var name = Name.of(group);
        if (claims.isDisputed(name)) {
            disputed.add(name);
        }
    }

    /** Who is refused for one group leaves the others it claims, so that disputes hang together. */
    private Set<ResourceKey> parties(Function<ResourceKey, LiveResource> candidates) {
        var parties = new HashSet<>(waiting);
        var seen = new HashSet<>(disputed);
        var open = new ArrayDeque<>(disputed);
        while (!open.isEmpty()) {
            claims.members(open.removeFirst()).digests().forEach((key, digest) -> {
                if (parties.add(key)) {
                    for (var group : candidates.apply(key).groups()) {
                        var name = Name.of(group);
                        if (claims.isDisputed(name) && seen.add(name)) {
                            open.add(name);
                        }
                    }
                }
            });
        }
        return parties;
    }

    private static @Nullable SharedGroup admit(LiveResource candidate, Map<Name, SharedGroup> agreed) {
        for (var group : candidate.groups()) {
            var first = agreed.get(Name.of(group));
            if (first != null && group.contradicts(first)) {
                return group;
            }
        }
        candidate.groups().forEach(group -> agreed.putIfAbsent(Name.of(group), group));
        return null;
    }
}
