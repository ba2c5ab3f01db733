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

    /** A field, with the object it is to be looked for in. */
    private interface Visitor {

        /** @param place what leads to the object, for people */
        void visit(ObjectNode config, String place, FieldPath field);
    }

    /** Changes the secret fields in the resource itself. Plugins that are not known have none. */
    void edit(ResourceKey key, ObjectNode resource, TextEdit edit) {
        visit(
                key,
                resource,
                (config, place, field) -> field.edit(config, (name, text) -> edit.apply(place + name, text)));
    }

    /** Takes the secret fields out of the resource itself. */
    void remove(ResourceKey key, ObjectNode resource) {
        visit(key, resource, (config, place, field) -> field.remove(config));
    }

    private void visit(ResourceKey key, ObjectNode resource, Visitor visitor) {
        switch (key.kind()) {
            case ROUTE, SERVICE, CONSUMER_GROUP, PLUGIN_CONFIG, GLOBAL_RULE ->
                plugins(resource, KnownPlugin::schema, visitor);
            case CONSUMER, CREDENTIAL ->
                plugins(resource, entry -> entry.consumerSchema().orElseGet(entry::schema), visitor);
            case PLUGIN_METADATA ->
                catalog.known(Subsystem.HTTP, key.id())
                        .flatMap(KnownPlugin::metadataSchema)
                        .ifPresent(schema -> fields(resource, "", schema, visitor));
            // Plugins of stream routes have no secret fields.
            case STREAM_ROUTE, UPSTREAM, SSL, PROTO, SECRET -> {}
        }
    }

    private void plugins(ObjectNode resource, Function<KnownPlugin, JsonSchema> schema, Visitor visitor) {
        for (var plugin : resource.path("plugins").properties()) {
            if (plugin.getValue() instanceof ObjectNode config) {
                catalog.known(Subsystem.HTTP, plugin.getKey())
                        .ifPresent(entry ->
                                fields(config, "plugins." + plugin.getKey() + ".", schema.apply(entry), visitor));
            }
        }
    }

    private static void fields(ObjectNode config, String place, JsonSchema schema, Visitor visitor) {
        for (var field : schema.json().path("encrypt_fields")) {
            visitor.visit(config, place, FieldPath.parse(field.asText()));
        }
    }
}
