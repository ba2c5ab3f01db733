package io.suimon.controlplane.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.controlplane.json.Json;
import io.suimon.engine.resource.ResourceKind;
import io.suimon.engine.resource.ResourceParser;
import io.suimon.engine.schema.JsonSchema;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Shows the schemas of resources, and tells what a schema thinks of a value. Thread-safe. */
@Singleton
final class SchemaEndpoint {

    /** The schemas people can see besides those of kinds. */
    private static final Set<String> PARTS = Set.of(
            "id_schema",
            "host_def",
            "ip_def",
            "label_value_def",
            "method_schema",
            "health_checker",
            "health_checker_active",
            "health_checker_passive",
            "upstream_hash_vars_schema",
            "upstream_hash_header_schema",
            "upstream_hash_vars_combinations_schema");

    private static final Set<String> MANAGERS = Set.of("vault", "aws", "gcp");

    private final PluginsEndpoint plugins;
    private final Map<String, JsonSchema> loaded = new ConcurrentHashMap<>();

    SchemaEndpoint(PluginsEndpoint plugins) {
        this.plugins = plugins;
    }

    AdminAnswer handle(AdminRequest request, Optional<JsonNode> body) {
        var name = request.segment(1);
        if (request.method().equals("POST") && name.equals("validate")) {
            return validate(request, body);
        }
        if (!request.method().equals("GET")) {
            return AdminAnswer.error(404, "not found");
        }
        if (name.equals("plugins")) {
            return plugins.one(request, request.segment(2));
        }
        var answer = isShown(name)
                ? AdminAnswer.json(200, schema(name).json())
                : AdminAnswer.error(400, "not found schema: " + name);
        return answer.with("X-API-VERSION", "v3");
    }

    private AdminAnswer validate(AdminRequest request, Optional<JsonNode> body) {
        var resource = request.segment(2);
        var file = ResourceKind.ofDirectory(resource).flatMap(kind -> validating(kind, body));
        if (file.isEmpty()) {
            return AdminAnswer.error(404, "Unsupported resource type: " + resource);
        }
        if (body.isEmpty()) {
            return AdminAnswer.error(400, "wrong type: expected object, got nil");
        }
        var value = body.get();
        var findings = schema(file.get()).validate(value.isArray() && value.isEmpty() ? Json.newObject() : value);
        return findings.isEmpty()
                ? AdminAnswer.text(200, "")
                : AdminAnswer.error(400, findings.getFirst().message());
    }

    /** The schema a kind's values are validated with; for secrets that of the manager named by the body's id. */
    private static Optional<String> validating(ResourceKind kind, Optional<JsonNode> body) {
        return switch (kind) {
            case PLUGIN_METADATA, CREDENTIAL -> Optional.empty();
            case SECRET ->
                body.filter(ObjectNode.class::isInstance)
                        .map(value -> value.path("id").asText().split("/", 2)[0])
                        .filter(MANAGERS::contains)
                        .map(manager -> "secret_" + manager);
            case ROUTE,
                    SERVICE,
                    UPSTREAM,
                    CONSUMER,
                    CONSUMER_GROUP,
                    PLUGIN_CONFIG,
                    GLOBAL_RULE,
                    SSL,
                    PROTO,
                    STREAM_ROUTE -> Optional.of(fileOf(kind));
        };
    }

    private static boolean isShown(String name) {
        if (PARTS.contains(name)) {
            return true;
        }
        for (var kind : ResourceKind.values()) {
            if (kind != ResourceKind.SECRET
                    && kind != ResourceKind.PLUGIN_METADATA
                    && fileOf(kind).equals(name)) {
                return true;
            }
        }
        return false;
    }

    private static String fileOf(ResourceKind kind) {
        return kind.word().replace(' ', '_');
    }

    private JsonSchema schema(String name) {
        return loaded.computeIfAbsent(name, file -> JsonSchema.load(ResourceParser.class, "schema/" + file + ".json"));
    }
}
