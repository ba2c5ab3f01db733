package io.suimon.dataplane.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.engine.plugin.KnownPlugin;
import io.suimon.engine.plugin.PluginCatalog;
import io.suimon.engine.plugin.Subsystem;
import io.suimon.engine.resource.ResourceKind;
import io.suimon.engine.resource.ResourceSchemas;
import io.suimon.engine.schema.JsonSchema;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Completes a resource with the defaults of its schemas, and hides what could be a secret: of texts, those are shown that say what a
 * resource is called, what it matches and where it sends requests, and those of {@link ShownTexts}. Thread-safe.
 */
final class ResourceMask {

    /** What is shown as it is. */
    private static final Set<String> OPEN = Set.of(
            "id",
            "name",
            "desc",
            "labels",
            "uri",
            "uris",
            "host",
            "hosts",
            "methods",
            "remote_addr",
            "remote_addrs",
            "service_id",
            "upstream_id",
            "plugin_config_id",
            "script_id",
            "client_cert_id",
            "nodes",
            "key",
            "type",
            "upstream_host",
            "service_name",
            "discovery_type",
            "namespace_id",
            "group_name",
            "http_path");

    /** Where the same names mean the same. */
    private static final Set<String> PARTS = Set.of("upstream", "checks", "active", "passive", "discovery_args", "tls");

    private static final ShownTexts NOTHING = ShownTexts.of(JsonNodeFactory.instance.objectNode());

    private final PluginCatalog catalog;
    private final Map<JsonSchema, ShownTexts> known = new ConcurrentHashMap<>(); // as many as there are schemas

    ResourceMask(PluginCatalog catalog) {
        this.catalog = catalog;
    }

    /** A copy of a route, service or upstream, as it is shown. */
    ObjectNode resource(ResourceKind kind, ObjectNode resource) {
        var schema = ResourceSchemas.of(kind);
        var shown = schema.withDefaults(resource);
        var plugins = shown.remove("plugins");
        mask(shown, texts(schema));
        if (plugins != null) {
            shown.set("plugins", plugins instanceof ObjectNode each ? plugins(each) : NOTHING.shown(plugins));
        }
        return shown;
    }

    private ObjectNode plugins(ObjectNode plugins) {
        for (var plugin : plugins.properties()) {
            var schema = catalog.known(Subsystem.HTTP, plugin.getKey()).map(KnownPlugin::schema);
            plugin.setValue(configuration(schema, plugin.getValue()));
        }
        return plugins;
    }

    /** A copy of the metadata of a plugin, as it is shown. */
    JsonNode metadata(String plugin, ObjectNode metadata) {
        var schema = catalog.known(Subsystem.HTTP, plugin).flatMap(KnownPlugin::metadataSchema);
        var shown = configuration(schema, metadata);
        if (metadata.has("id") && shown instanceof ObjectNode object) {
            object.set("id", metadata.get("id"));
        }
        return shown;
    }

    private JsonNode configuration(Optional<JsonSchema> schema, JsonNode value) {
        if (schema.isEmpty() || !(value instanceof ObjectNode config)) {
            return NOTHING.shown(value.deepCopy());
        }
        var shown = texts(schema.get()).shown(schema.get().withDefaults(config));
        for (var field : schema.get().json().path("encrypt_fields")) {
            ShownTexts.hide(shown, field.asText());
        }
        return shown;
    }

    private static void mask(ObjectNode object, ShownTexts texts) {
        for (var member : object.properties()) {
            var name = member.getKey();
            if (PARTS.contains(name) && member.getValue() instanceof ObjectNode part) {
                mask(part, texts);
            } else if (name.equals("vars")) {
                member.setValue(ShownConditions.of(member.getValue()));
            } else if (!OPEN.contains(name)) {
                member.setValue(texts.shown(member.getValue()));
            }
        }
    }

    private ShownTexts texts(JsonSchema schema) {
        return known.computeIfAbsent(schema, one -> ShownTexts.of(one.json()));
    }
}
