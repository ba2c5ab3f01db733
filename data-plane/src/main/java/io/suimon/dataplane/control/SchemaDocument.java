package io.suimon.dataplane.control;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.engine.plugin.PluginCatalog;
import io.suimon.engine.plugin.PluginEntry;
import io.suimon.engine.resource.ResourceSchemas;
import java.util.List;
import java.util.function.Supplier;

/** What {@code /v1/schema} shows: the schemas of resources and plugins this node has. Made once. */
public final class SchemaDocument implements Supplier<String> {

    private static final List<String> MAIN = List.of(
            "consumer",
            "consumer_group",
            "global_rule",
            "plugin_config",
            "proto",
            "route",
            "service",
            "ssl",
            "stream_route",
            "upstream",
            "upstream_hash_header_schema",
            "upstream_hash_vars_schema");

    private final String text;

    public SchemaDocument(PluginCatalog catalog) {
        var document = JsonNodeFactory.instance.objectNode();
        var main = document.putObject("main");
        MAIN.forEach(name -> main.set(name, ResourceSchemas.named(name).orElseThrow()));
        var plugins = document.putObject("plugins");
        catalog.entries()
                .forEach(entry ->
                        describe(entry, plugins.putObject(entry.plugin().name())));
        document.putObject("stream_plugins");
        text = document.toString();
    }

    private static void describe(PluginEntry entry, ObjectNode plugin) {
        plugin.put("priority", entry.plugin().priority());
        plugin.put("version", entry.plugin().version());
        plugin.set("schema", entry.schema().json());
        entry.consumerSchema().ifPresent(schema -> plugin.set("consumer_schema", schema.json()));
        entry.metadataSchema().ifPresent(schema -> plugin.set("metadata_schema", schema.json()));
        if (entry.isAuth()) {
            plugin.put("type", "auth");
        }
    }

    @Override
    public String get() {
        return text;
    }
}
