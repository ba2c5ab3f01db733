package io.suimon.engine.plugin;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A kind of filter: a name people write in a configuration, and what it becomes.
 *
 * <p>One folder holds it: the plugin, its configuration as a record, and {@code schema.json}, which says what people may write and
 * fills in defaults; {@code consumer-schema.json} and {@code metadata-schema.json} where it has them. It is found by
 * {@link java.util.ServiceLoader}, so it has a public constructor without arguments and {@code @AutoService(Plugin.class)}.
 *
 * @param <C> its configuration, a record whose components are the schema's properties in camel case; its constructor refuses, by
 *     {@link IllegalArgumentException} with the text people are shown, what a schema cannot
 */
public interface Plugin<C> {

    /** As written in configurations: {@code ip-restriction}. */
    String name();

    /** Higher runs earlier. */
    int priority();

    /** The record of its configuration. */
    Class<C> configType();

    /** The record of what people say about all its uses, when {@code metadata-schema.json} lets them say anything. */
    default Optional<Class<?>> metadataType() {
        return Optional.empty();
    }

    /** What people are shown as its version. */
    default double version() {
        return 0.1;
    }

    /** When its filters run. */
    default Set<Phase> phases() {
        return EnumSet.of(Phase.ACCESS);
    }

    /** Whether the one on a global rule stands back where the route has one. */
    default boolean prefersRoute() {
        return false;
    }

    /** The name of the group whose configurations share their state, on whatever resources, and have to be equal; or none. */
    default Optional<String> group(C config) {
        return Optional.empty();
    }

    /**
     * Makes the filter for one configuration. Not on an event loop; everything that can be prepared is prepared here.
     *
     * @throws IllegalArgumentException when the configuration cannot work; its message is shown to people
     */
    Filter bind(C config, PluginHost host);
}
