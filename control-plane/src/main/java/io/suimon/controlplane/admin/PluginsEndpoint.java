package io.suimon.controlplane.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.controlplane.json.Json;
import io.suimon.engine.plugin.PluginCatalog;
import io.suimon.engine.plugin.PluginEntry;
import io.suimon.engine.schema.JsonSchema;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Says which plugins there are and what may be written for each. Immutable. */
@Singleton
final class PluginsEndpoint {

    private static final String HTTP = "http";
    private static final String STREAM = "stream";

    private final PluginCatalog catalog;

    PluginsEndpoint(PluginCatalog catalog) {
        this.catalog = catalog;
    }

    AdminAnswer handle(AdminRequest request) {
        var name = request.segment(1);
        if (name.equals("reload")) {
            return reload(request);
        }
        if (!request.method().equals("GET")) {
            return AdminAnswer.error(404, "not found");
        }
        if (name.equals("list")) {
            return names(request);
        }
        var all = request.query().first("all").filter("true"::equals).isPresent();
        return name.isEmpty() && all ? all(request) : one(request, name);
    }

    /** The schema of one plugin, also for {@code /schema/plugins/{name}}. */
    AdminAnswer one(AdminRequest request, String name) {
        var subsystem = subsystem(request);
        if (!known(subsystem)) {
            return unsupported(subsystem);
        }
        var entry = subsystem.equals(HTTP) ? catalog.find(name) : Optional.<PluginEntry>empty();
        if (entry.isEmpty()) {
            return versioned(AdminAnswer.error(404, "plugin not found in subsystem " + subsystem));
        }
        var type = request.query().first("schema_type").orElse("");
        var schema = switch (type) {
            case "consumer" -> entry.get().consumerSchema().map(JsonSchema::json);
            case "metadata" -> Optional.of(entry.get().shownMetadataSchema().json());
            default -> Optional.of(entry.get().schema().json());
        };
        return versioned(schema.map(json -> AdminAnswer.json(200, json))
                .orElseGet(() -> AdminAnswer.error(400, "not found schema")));
    }

    private AdminAnswer names(AdminRequest request) {
        var subsystem = subsystem(request);
        if (!known(subsystem)) {
            return AdminAnswer.text(400, "invalid subsystem passed");
        }
        var names = Json.newArray();
        if (subsystem.equals(HTTP)) {
            catalog.entries().forEach(entry -> names.add(entry.plugin().name()));
        }
        return AdminAnswer.json(200, names);
    }

    private AdminAnswer all(AdminRequest request) {
        var subsystem = subsystem(request);
        if (!known(subsystem)) {
            return unsupported(subsystem);
        }
        var all = Json.newObject();
        if (subsystem.equals(HTTP)) {
            catalog.entries().forEach(entry -> all.set(entry.plugin().name(), described(entry)));
        }
        return versioned(AdminAnswer.json(200, all));
    }

    private static ObjectNode described(PluginEntry entry) {
        var plugin = Json.newObject()
                .put("version", entry.plugin().version())
                .put("priority", entry.plugin().priority());
        plugin.set("schema", entry.schema().json());
        entry.metadataSchema().map(JsonSchema::json).ifPresent((JsonNode json) -> plugin.set("metadata_schema", json));
        entry.consumerSchema().map(JsonSchema::json).ifPresent((JsonNode json) -> plugin.set("consumer_schema", json));
        if (entry.isAuth()) {
            plugin.put("type", "auth");
        }
        return plugin;
    }

    /** The plugins are those of the build; there is no list that could have changed. */
    private static AdminAnswer reload(AdminRequest request) {
        return request.method().equals("PUT")
                ? AdminAnswer.text(200, "done\n")
                : AdminAnswer.error(
                        405,
                        "please use PUT method to reload the plugins, " + request.method() + " method is not allowed.");
    }

    private static String subsystem(AdminRequest request) {
        return request.query().first("subsystem").orElse(HTTP);
    }

    private static boolean known(String subsystem) {
        return subsystem.equals(HTTP) || subsystem.equals(STREAM);
    }

    private static AdminAnswer unsupported(String subsystem) {
        return versioned(AdminAnswer.error(400, "unsupported subsystem: " + subsystem));
    }

    private static AdminAnswer versioned(AdminAnswer answer) {
        return answer.with("X-API-VERSION", "v3");
    }
}
