package io.suimon.controlplane.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.controlplane.json.Json;
import io.suimon.controlplane.store.StoreConfig;
import io.suimon.engine.resource.ResourceKind;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Answers about resources in the API version that is set. Only what went well has a shape of its own in version 2; errors are the same.
 *
 * <p>Thread-safe; calls block.
 */
@Singleton
final class ResourceDialect {

    private static final String VERSION = "X-API-VERSION";

    private final ResourceEndpoint resources;
    private final AdminConfig config;
    private final String prefix;

    ResourceDialect(ResourceEndpoint resources, AdminConfig config, StoreConfig store) {
        this.resources = resources;
        this.config = config;
        this.prefix = store.etcd().prefix();
    }

    AdminAnswer handle(AdminRequest request, ResourcePath path, Optional<JsonNode> body) throws InterruptedException {
        return answer(request, path, body).with(VERSION, name());
    }

    /** An answer that names the version of the API names the one that is set. */
    AdminAnswer named(AdminAnswer answer) {
        return answer.headers().containsKey(VERSION) ? answer.with(VERSION, name()) : answer;
    }

    private AdminAnswer answer(AdminRequest request, ResourcePath path, Optional<JsonNode> body)
            throws InterruptedException {
        if (path.kind() == ResourceKind.STREAM_ROUTE && !config.streamRoutes()) {
            return AdminAnswer.error(400, "stream mode is disabled, can not add stream routes");
        }
        return switch (config.apiVersion()) {
            case V3 -> resources.handle(request, path, body);
            case V2 -> legacy(path, request.method(), resources.handle(whole(request), path, body));
        };
    }

    private String name() {
        return switch (config.apiVersion()) {
            case V3 -> "v3";
            case V2 -> "v2";
        };
    }

    /** Version 2 knows neither pages nor filters. */
    private static AdminRequest whole(AdminRequest request) {
        return request.method().equals("GET") ? request.withoutQuery() : request;
    }

    private AdminAnswer legacy(ResourcePath path, String method, AdminAnswer answer) {
        if (answer.status() >= 300) {
            return answer;
        }
        var shown = Json.object(answer.body()).orElseThrow();
        return answer.replaced(
                switch (method) {
                    case "GET" -> path.id() == null ? list(path, shown) : node("get", shown);
                    case "PUT" -> node("set", shown);
                    case "POST" -> node("create", shown);
                    case "PATCH" -> node("compareAndSwap", shown);
                    default -> {
                        var deleted = Json.newObject().put("action", "delete");
                        deleted.setAll(shown);
                        yield deleted.set("node", Json.newObject());
                    }
                });
    }

    private ObjectNode list(ResourcePath path, ObjectNode shown) {
        var folder = path.folder();
        var node = Json.newObject()
                .put("key", prefix + "/" + folder.substring(0, folder.length() - 1))
                .put("dir", true);
        return Json.newObject().put("action", "get").set("node", node.set("nodes", shown.path("list")));
    }

    private static ObjectNode node(String action, ObjectNode shown) {
        var node = Json.newObject();
        for (var member : new String[] {"key", "value"}) {
            if (shown.has(member)) {
                node.set(member, shown.get(member));
            }
        }
        return Json.newObject().put("action", action).set("node", node);
    }
}
