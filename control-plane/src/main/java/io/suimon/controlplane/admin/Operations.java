package io.suimon.controlplane.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.controlplane.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Writes single operations of an OpenAPI document. */
final class Operations {

    private static final Pattern VARIABLE = Pattern.compile("\\{([a-z]+)}");

    private Operations() {}

    /** Adds an operation with the variables of its path. */
    static ObjectNode add(ObjectNode paths, String path, String method, String tag) {
        var item = paths.withObjectProperty(path);
        if (item.isEmpty()) {
            VARIABLE.matcher(path)
                    .results()
                    .forEach(variable ->
                            parameter(item, "path", variable.group(1)).put("required", true));
        }
        var operation = item.putObject(method.toLowerCase(Locale.ROOT));
        operation.putArray("tags").add(tag);
        operation
                .putObject("responses")
                .putObject("default")
                .put("description", "see docs/admin-api.md for the shapes of answers");
        return operation;
    }

    static ObjectNode body(ObjectNode operation, ObjectNode schema) {
        var body = operation.putObject("requestBody").put("required", true);
        body.putObject("content").putObject("application/json").set("schema", schema);
        return body;
    }

    /** What the query of an operation on resources may say. */
    static void query(ObjectNode operation, String method, boolean one) {
        var names = switch (method) {
            case "GET" -> one ? List.<String>of() : List.of("page", "page_size", "name", "label", "uri", "filter");
            case "DELETE" -> List.of("force", "wait", "min", "timeout");
            default -> List.of("ttl", "wait", "min", "timeout");
        };
        names.forEach(name -> parameter(operation, "query", name));
        if (one) {
            parameter(operation, "header", method.equals("GET") ? "If-None-Match" : "If-Match");
        }
    }

    static ObjectNode parameter(ObjectNode owner, String in, String name) {
        var parameter = owner.withArrayProperty("parameters").addObject();
        parameter.put("name", name).put("in", in);
        parameter.set("schema", Json.newObject().put("type", "string"));
        return parameter;
    }
}
