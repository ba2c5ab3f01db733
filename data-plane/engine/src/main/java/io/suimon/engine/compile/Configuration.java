package io.suimon.engine.compile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.engine.collection.PersistentMap;
import io.suimon.engine.resource.PluginMetadata;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import org.jspecify.annotations.Nullable;

/**
 * The resources of one revision with what is known about them. Immutable; one with a change shares everything else with the one it
 * was made from.
 *
 * @param resources all there are
 * @param dependants for a key, the resources whose live form refers to it; whether it exists or not
 * @param rejections of resources in quarantine
 * @param groups what the resources' candidates claim
 */
record Configuration(
        PersistentMap<ResourceKey, Held> resources,
        PersistentMap<ResourceKey, PersistentMap<ResourceKey, Boolean>> dependants,
        PersistentMap<ResourceKey, Rejection> rejections,
        GroupClaims groups) {

    static final Configuration EMPTY =
            new Configuration(PersistentMap.empty(), PersistentMap.empty(), PersistentMap.empty(), GroupClaims.NONE);

    /** What runs of a resource, or null. */
    @Nullable
    LiveResource live(ResourceKey key) {
        var held = resources.get(key);
        return held == null ? null : held.live();
    }

    /** The metadata of a plugin, or null. */
    @Nullable
    ObjectNode metadata(String plugin) {
        var live = live(new ResourceKey(ResourceKind.PLUGIN_METADATA, plugin));
        return live == null ? null : ((PluginMetadata) live.resource()).metadata();
    }

    Configuration with(ResourceKey key, Held held) {
        return new Configuration(resources.with(key, held), dependants, rejections, groups);
    }

    Configuration without(ResourceKey key) {
        return new Configuration(resources.without(key), dependants, rejections.without(key), groups);
    }

    Configuration with(Rejection rejection) {
        return new Configuration(resources, dependants, rejections.with(rejection.key(), rejection), groups);
    }

    Configuration withoutRejection(ResourceKey key) {
        return new Configuration(resources, dependants, rejections.without(key), groups);
    }

    Configuration with(GroupClaims claims) {
        return new Configuration(resources, dependants, rejections, claims);
    }

    /** Says that a resource refers to a key. */
    Configuration withDependant(ResourceKey key, ResourceKey dependant) {
        var known = dependants.getOrDefault(key, PersistentMap.empty());
        return new Configuration(resources, dependants.with(key, known.with(dependant, true)), rejections, groups);
    }

    /** Says that a resource does not refer to a key any more. */
    Configuration withoutDependant(ResourceKey key, ResourceKey dependant) {
        var left = dependants.getOrDefault(key, PersistentMap.empty()).without(dependant);
        return new Configuration(
                resources, left.isEmpty() ? dependants.without(key) : dependants.with(key, left), rejections, groups);
    }
}
