package io.suimon.controlplane.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.controlplane.json.Json;
import io.suimon.engine.plugin.KnownPlugin;
import io.suimon.engine.plugin.PluginCatalog;
import io.suimon.engine.plugin.Subsystem;
import io.suimon.engine.schema.JsonSchema;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Says which plugins there are and what may be written for each, also of those that are not built. Thread-safe. */
@Singleton
final class PluginsEndpoint {

    private final PluginCatalog catalog;
    private final PluginReload reload;

    PluginsEndpoint(PluginCatalog catalog, PluginReload reload) {
        this.catalog = catalog;
        this.reload = reload;
    }

    AdminAnswer handle(AdminRequest request) throws InterruptedException {
        var name = request.segment(1);
        if (name.equals("reload")) {
            return reload.handle(request);
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
        if (subsystem.isEmpty()) {
            return unsupported(request);
        }
        var plugin = catalog.known(subsystem.get(), name);
        if (plugin.isEmpty()) {
            return versioned(AdminAnswer.error(
                    404, "plugin not found in subsystem " + subsystem.get().word()));
        }
        var type = request.query().first("schema_type").orElse("");
        var schema = switch (type) {
            case "consumer" -> plugin.get().consumerSchema().map(JsonSchema::json);
            case "metadata" -> Optional.of(plugin.get().shownMetadataSchema().json());
            default -> Optional.of(plugin.get().schema().json());
        };
        return versioned(schema.map(json -> AdminAnswer.json(200, json))
                .orElseGet(() -> AdminAnswer.error(400, "not found schema")));
    }

    /** Those that can be used: the ones that are built. */
    private AdminAnswer names(AdminRequest request) {
        var subsystem = subsystem(request);
        if (subsystem.isEmpty()) {
            return AdminAnswer.text(400, "invalid subsystem passed");
        }
        var names = Json.newArray();
        if (subsystem.get() == Subsystem.HTTP) {
            catalog.entries().forEach(entry -> names.add(entry.name()));
        }
        return AdminAnswer.json(200, names);
    }

    private AdminAnswer all(AdminRequest request) {
        var subsystem = subsystem(request);
        if (subsystem.isEmpty()) {
            return unsupported(request);
        }
        var all = Json.newObject();
        catalog.known(subsystem.get()).forEach(plugin -> all.set(plugin.name(), described(plugin)));
        return versioned(AdminAnswer.json(200, all));
    }

    private static ObjectNode described(KnownPlugin known) {
        var plugin = Json.newObject().put("version", known.version()).put("priority", known.priority());
        plugin.set("schema", known.schema().json());
        known.metadataSchema().map(JsonSchema::json).ifPresent((JsonNode json) -> plugin.set("metadata_schema", json));
        known.consumerSchema().map(JsonSchema::json).ifPresent((JsonNode json) -> plugin.set("consumer_schema", json));
        known.type().ifPresent(type -> plugin.put("type", type));
        known.scope().ifPresent(scope -> plugin.put("scope", scope));
        return plugin;
    }

    private static String asked(AdminRequest request) {
        return request.query().first("subsystem").orElse(Subsystem.HTTP.word());
    }

    private static Optional<Subsystem> subsystem(AdminRequest request) {
        return Subsystem.of(asked(request));
    }

    private static AdminAnswer unsupported(AdminRequest request) {
        return versioned(AdminAnswer.error(400, "unsupported subsystem: " + asked(request)));
    }

    private static AdminAnswer versioned(AdminAnswer answer) {
        return answer.with("X-API-VERSION", "v3");
    }
}
