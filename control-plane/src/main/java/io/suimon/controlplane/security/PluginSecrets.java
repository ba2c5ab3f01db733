package io.suimon.controlplane.security;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.engine.plugin.KnownPlugin;
import io.suimon.engine.plugin.PluginCatalog;
import io.suimon.engine.plugin.Subsystem;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.schema.JsonSchema;
import java.util.function.Function;

/** Finds the fields that plugins' schemas call secret: their {@code encrypt_fields}. A plugin that is not built can be in the store, too. Immutable, thread-safe. */
final class PluginSecrets {

    private final PluginCatalog catalog;

    PluginSecrets(PluginCatalog catalog) {
        this.catalog = catalog;
    }

    /** Changes the secret fields in the resource itself. Plugins that are not known have none. */
    void edit(ResourceKey key, ObjectNode resource, TextEdit edit) {
        switch (key.kind()) {
            case ROUTE, SERVICE, CONSUMER_GROUP, PLUGIN_CONFIG, GLOBAL_RULE ->
                plugins(resource, KnownPlugin::schema, edit);
            case CONSUMER, CREDENTIAL ->
                plugins(resource, entry -> entry.consumerSchema().orElseGet(entry::schema), edit);
            case PLUGIN_METADATA ->
                catalog.known(Subsystem.HTTP, key.id())
                        .flatMap(KnownPlugin::metadataSchema)
                        .ifPresent(schema -> fields(resource, schema, edit));
            // Plugins of stream routes have no secret fields.
            case STREAM_ROUTE, UPSTREAM, SSL, PROTO, SECRET -> {}
        }
    }

    private void plugins(ObjectNode resource, Function<KnownPlugin, JsonSchema> schema, TextEdit edit) {
        for (var plugin : resource.path("plugins").properties()) {
            if (plugin.getValue() instanceof ObjectNode config) {
                catalog.known(Subsystem.HTTP, plugin.getKey())
                        .ifPresent(entry -> fields(
                                config,
                                schema.apply(entry),
                                (place, text) -> edit.apply("plugins." + plugin.getKey() + "." + place, text)));
            }
        }
    }

    private static void fields(ObjectNode config, JsonSchema schema, TextEdit edit) {
        for (var field : schema.json().path("encrypt_fields")) {
            FieldPath.parse(field.asText()).edit(config, edit);
        }
    }
}
