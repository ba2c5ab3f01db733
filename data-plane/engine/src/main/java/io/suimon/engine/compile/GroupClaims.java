package io.suimon.engine.compile;

import io.suimon.engine.collection.PersistentMap;
import io.suimon.engine.plugin.SharedGroup;
import io.suimon.engine.resource.ResourceKey;

/**
 * Which resources want to be in which shared groups, and who may not. Immutable.
 *
 * @param groups with at least one resource each
 * @param refused resources whose candidate contradicts one that came first, with what they claim
 */
record GroupClaims(PersistentMap<Name, Members> groups, PersistentMap<ResourceKey, SharedGroup> refused) {

    static final GroupClaims NONE = new GroupClaims(PersistentMap.empty(), PersistentMap.empty());

    /** What a group goes by: each plugin has its own. */
    record Name(String plugin, String name) {

        static Name of(SharedGroup group) {
            return new Name(group.plugin(), group.name());
        }
    }

    /**
     * Who claims one group.
     *
     * @param digests of the configuration each claims it with
     * @param counts how many claim it with a digest; one entry where all agree, which then is known without asking them
     */
    record Members(PersistentMap<ResourceKey, String> digests, PersistentMap<String, Integer> counts) {

        static final Members NONE = new Members(PersistentMap.empty(), PersistentMap.empty());

        private Members with(ResourceKey key, String digest) {
            return new Members(digests.with(key, digest), counts.with(digest, counts.getOrDefault(digest, 0) + 1));
        }

        private Members without(ResourceKey key, String digest) {
            int left = counts.getOrDefault(digest, 0) - 1;
            return new Members(digests.without(key), left <= 0 ? counts.without(digest) : counts.with(digest, left));
        }
    }

    Members members(Name name) {
        return groups.getOrDefault(name, Members.NONE);
    }

    /** Whether not all who claim a group mean the same by it. */
    boolean isDisputed(Name name) {
        return members(name).counts().size() > 1;
    }

    /** Adds a claim of a resource that has none on this group. */
    GroupClaims with(ResourceKey key, SharedGroup group) {
        var name = Name.of(group);
        return new GroupClaims(groups.with(name, members(name).with(key, group.configDigest())), refused);
    }

    /** Takes back a claim there is. */
    GroupClaims without(ResourceKey key, SharedGroup group) {
        var name = Name.of(group);
        var left = members(name).without(key, group.configDigest());
        return new GroupClaims(left.digests().isEmpty() ? groups.without(name) : groups.with(name, left), refused);
    }

    GroupClaims withRefusal(ResourceKey key, SharedGroup group) {
        return new GroupClaims(groups, refused.with(key, group));
    }

    GroupClaims withoutRefusal(ResourceKey key) {
        return new GroupClaims(groups, refused.without(key));
    }
}
