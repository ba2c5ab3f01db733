package io.suimon.engine.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes a {@code plugins} object apart. Whether a plugin exists and likes its configuration is for the plugins' catalogue to say;
 * {@code _meta} is read as far as it is well-formed, and judged there, too.
 */
final class PluginsReader {

    private PluginsReader() {}

    /** @param prefix what messages begin with */
    static Map<String, PluginSpec> read(Fields resource, String prefix) {
        var plugins = new LinkedHashMap<String, PluginSpec>();
        for (var plugin : resource.json().path("plugins").properties()) {
            var config = config(plugin.getValue());
            if (config == null) {
                var pointer = "/plugins/" + plugin.getKey().replace("~", "~0").replace("/", "~1");
                resource.violations().add(pointer, prefix + complaint(plugin.getKey(), plugin.getValue()));
            } else {
                plugins.put(plugin.getKey(), new PluginSpec(plugin.getKey(), config, meta(config.path("_meta"))));
            }
        }
        return plugins;
    }

    private static @Nullable ObjectNode config(JsonNode value) {
        if (value.isArray() && value.isEmpty()) {
            return JsonNodeFactory.instance.objectNode();
        }
        return value instanceof ObjectNode object ? object : null;
    }

    private static String complaint(String name, JsonNode config) {
        if (config.isArray()) {
            return "failed to check the configuration of plugin " + name
                    + " err: wrong type: expected object, got table";
        }
        var shown = config.isNull() ? "\"userdata: NULL\"" : config.toString();
        return "invalid plugin conf " + shown + " for plugin [" + name + "]";
    }

    private static PluginSpec.Meta meta(JsonNode meta) {
        if (!meta.isObject()) {
            return PluginSpec.Meta.NONE;
        }
        var priority = meta.path("priority");
        return new PluginSpec.Meta(
                meta.path("disable").booleanValue(),
                priority.isNumber() ? (Integer) (int) priority.doubleValue() : null,
                meta.has("filter") ? meta.get("filter").toString() : null,
                meta.has("error_response") ? meta.get("error_response").toString() : null);
    }
}
