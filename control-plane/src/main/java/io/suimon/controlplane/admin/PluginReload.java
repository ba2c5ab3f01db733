package io.suimon.controlplane.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.suimon.controlplane.json.Json;
import io.suimon.controlplane.store.Commit;
import io.suimon.engine.plugin.PluginCatalog;
import jakarta.inject.Singleton;

/**
 * Writes the list of plugins to where processes that read the store look for it. Suimon's own nodes bring their plugins along and do
 * not read it.
 *
 * <p>Thread-safe; calls block until the store answered.
 */
@Singleton
final class PluginReload {

    /** Below the store's prefix, beside the folders of resources. */
    private static final String PATH = "plugins";

    private final ResourceWriter writer;
    private final PluginCatalog catalog;

    PluginReload(ResourceWriter writer, PluginCatalog catalog) {
        this.writer = writer;
        this.catalog = catalog;
    }

    AdminAnswer handle(AdminRequest request) throws InterruptedException {
        if (!request.method().equals("PUT")) {
            return AdminAnswer.error(
                    405,
                    "please use PUT method to reload the plugins, " + request.method() + " method is not allowed.");
        }
        var commit = writer.put(PATH, Json.bytes(names()));
        var answer = answer(commit);
        Audit.record(request, commit, answer.status());
        return answer;
    }

    private static AdminAnswer answer(Commit commit) {
        return switch (commit) {
            case Commit.Done(var revision) ->
                AdminAnswer.text(200, "done").with("X-Suimon-Revision", Long.toString(revision));
            case Commit.Conflict() -> AdminAnswer.error(503, "value changed before overwritten");
            case Commit.TooLarge(var reason) -> AdminAnswer.error(400, reason);
            case Commit.Unavailable(var mayTakeEffect, var reason) ->
                AdminAnswer.json(503, Json.newObject().put("error_msg", reason).put("may_take_effect", mayTakeEffect));
        };
    }

    private JsonNode names() {
        var names = Json.newArray();
        catalog.entries().forEach(entry -> names.addObject().put("name", entry.name()));
        return names;
    }
}
