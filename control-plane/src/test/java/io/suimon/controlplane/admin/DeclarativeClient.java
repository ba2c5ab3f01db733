package io.suimon.controlplane.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.controlplane.json.InvalidJsonException;
import io.suimon.controlplane.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes a gateway's configuration that of a document as the declarative tools do: lists everything, and sends the difference. */
final class DeclarativeClient {

    /** One request that is to be made. */
    record Step(String method, String path, String body) {}

    /** What is referred to comes first. */
    private static final List<String> ORDER = List.of(
            "ssls",
            "protos",
            "secrets",
            "plugin_metadata",
            "global_rules",
            "plugin_configs",
            "consumer_groups",
            "upstreams",
            "services",
            "routes",
            "stream_routes",
            "consumers");

    private static final List<String> SERVERS_OWN = List.of("create_time", "update_time");

    private final AdminServer server;

    DeclarativeClient(AdminServer server) {
        this.server = server;
    }

    /** What the server says of a document. */
    String validate(ObjectNode document) {
        return server.send("POST", "/apisix/admin/configs/validate", document.toString())
                .body();
    }

    /** What would have to be done. */
    List<Step> difference(ObjectNode document) {
        var desired = desired(document);
        var present = present();
        var steps = new ArrayList<Step>();
        desired.forEach((path, value) -> {
            if (!value.equals(present.get(path))) {
                steps.add(new Step("PUT", path, value.toString()));
            }
        });
        var gone = new ArrayList<>(present.keySet());
        gone.removeAll(desired.keySet());
        gone.reversed().forEach(path -> steps.add(new Step("DELETE", path, "")));
        return steps;
    }

    /** Does it; returns the answers that are no success. */
    List<String> carryOut(List<Step> steps) {
        var failures = new ArrayList<String>();
        for (var step : steps) {
            var response = server.send(step.method(), "/apisix/admin/" + step.path(), step.body());
            if (response.statusCode() >= 300) {
                failures.add(step.method() + " " + step.path() + ": " + response.body());
            }
        }
        return failures;
    }

    private static Map<String, JsonNode> desired(ObjectNode document) {
        var desired = new LinkedHashMap<String, JsonNode>();
        for (var directory : ORDER) {
            for (var item : document.path(directory)) {
                var value = (ObjectNode) item.deepCopy();
                var id = item.path(item.has("id") ? "id" : "username").asText();
                if (directory.equals("consumers") && item.has("id")) {
                    value.put("id", id.substring(id.lastIndexOf('/') + 1));
                }
                desired.put(directory + "/" + id, value);
            }
        }
        return desired;
    }

    private Map<String, JsonNode> present() {
        var present = new LinkedHashMap<String, JsonNode>();
        for (var directory : ORDER) {
            list(directory, present);
        }
        for (var path : List.copyOf(present.keySet())) {
            if (path.startsWith("consumers/")) {
                list(path + "/credentials", present);
            }
        }
        return present;
    }

    private void list(String folder, Map<String, JsonNode> into) {
        var response = server.send("GET", "/apisix/admin/" + folder, "");
        for (var entry : parse(response.body()).path("list")) {
            var value = (ObjectNode) entry.path("value");
            value.remove(SERVERS_OWN);
            into.put(entry.path("key").asText().substring("/apisix/".length()), value);
        }
    }

    static ObjectNode parse(String json) {
        try {
            return (ObjectNode) Json.parse(json.getBytes(StandardCharsets.UTF_8));
        } catch (InvalidJsonException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
