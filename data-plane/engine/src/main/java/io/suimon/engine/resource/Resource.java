package io.suimon.engine.resource;

/** A thing a person configures, parsed: every field typed, every default filled in. Immutable. */
public sealed interface Resource
        permits Route,
                Service,
                Upstream,
                Consumer,
                Credential,
                ConsumerGroup,
                PluginConfig,
                GlobalRule,
                PluginMetadata,
                Certificate,
                Proto,
                Secret,
                StreamRoute {

    /** Its name; the id is the key's, whatever the JSON says. */
    ResourceKey key();
}
