package io.suimon.controlplane.admin;

import io.suimon.controlplane.json.Json;
import io.suimon.engine.plugin.PluginCatalog;
import io.suimon.engine.plugin.PluginEntry;
import jakarta.inject.Singleton;

/** What lies below {@code /suimon/v1}: what APISIX has no words for. Thread-safe. */
@Singleton
final class SuimonEndpoint {

    private final PluginCatalog catalog;

    SuimonEndpoint(PluginCatalog catalog) {
        this.catalog = catalog;
    }

    AdminAnswer handle(AdminRequest request) {
        var name = String.join("/", request.segments());
        return switch (name) {
            case "plugins" -> request.method().equals("GET") ? plugins() : notSupported(request);
            default -> AdminAnswer.error(404, "not found");
        };
    }

    private AdminAnswer plugins() {
        var list = Json.newArray();
        for (PluginEntry entry : catalog.entries()) {
            var plugin = list.addObject()
                    .put("name", entry.plugin().name())
                    .put("priority", entry.plugin().priority())
                    .put("version", entry.plugin().version())
                    .put("auth", entry.isAuth());
            var phases = plugin.putArray("phases");
            entry.plugin().phases().forEach(phase -> phases.add(phase.name().toLowerCase(java.util.Locale.ROOT)));
        }
        return AdminAnswer.json(200, Json.newObject().set("plugins", list));
    }

    private static AdminAnswer notSupported(AdminRequest request) {
        return AdminAnswer.error(405, "not supported `" + request.method() + "` method");
    }
}
