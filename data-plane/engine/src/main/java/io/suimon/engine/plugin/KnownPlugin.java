package io.suimon.engine.plugin;

import io.suimon.engine.schema.JsonSchema;
import java.util.Optional;

/** A plugin as people are told of it: its name and rank, and what may be written for it. Immutable, used by any thread. */
public sealed interface KnownPlugin permits PluginEntry, UnbuiltPlugin {

    /** As written in configurations. */
    String name();

    /** Higher runs earlier. */
    int priority();

    double version();

    /** The sort it belongs to: {@code auth} finds out who is calling; most have none. */
    Optional<String> type();

    /** {@code global} for one that does nothing for a single route; most have none. */
    Optional<String> scope();

    /** What may be written on routes and the like; {@code _meta} is in it. */
    JsonSchema schema();

    /** What may be written on consumers and credentials, where that is something else. */
    Optional<JsonSchema> consumerSchema();

    /** What may be written for all its uses together, if it reads anything of the kind. */
    Optional<JsonSchema> metadataSchema();

    /** The same as people are shown it: with {@code _meta}, and for every plugin. */
    JsonSchema shownMetadataSchema();

    /** Whether it finds out who is calling. */
    default boolean isAuth() {
        return type().filter("auth"::equals).isPresent();
    }
}
