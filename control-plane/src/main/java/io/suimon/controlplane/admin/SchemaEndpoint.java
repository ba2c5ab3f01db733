package io.suimon.controlplane.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.controlplane.json.Json;
import io.suimon.engine.plugin.PluginCatalog;
import io.suimon.engine.resource.ResourceKind;
import io.suimon.engine.resource.ResourceSchemas;
import io.suimon.engine.schema.JsonSchema;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Shows the schemas of resources, and tells what a schema thinks of a value. Thread-safe. */
@Singleton
final class SchemaEndpoint {

    private static final String INJECTED = "plugin_injected_schema";

    private final PluginsEndpoint plugins;

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
        return named(name)
                .map(schema -> AdminAnswer.json(200, schema))
                .orElseGet(() -> AdminAnswer.error(400, "not found schema: " + name))
                .with("X-API-VERSION", "v3");
    }

    private static Optional<JsonNode> named(String name) {
        return name.equals(INJECTED) ? Optional.of(PluginCatalog.injected().json()) : ResourceSchemas.named(name);
    }

    private AdminAnswer validate(AdminRequest request, Optional<JsonNode> body) {
        var resource = request.segment(2);
        var schema = ResourceKind.ofDirectory(resource).flatMap(kind -> validating(kind, body));
        if (schema.isEmpty()) {
            return AdminAnswer.error(404, "Unsupported resource type: " + resource);
        }
        if (body.isEmpty()) {
            return AdminAnswer.error(400, "wrong type: expected object, got nil");
        }
        var value = body.get();
        var findings = schema.get().validate(value.isArray() && value.isEmpty() ? Json.newObject() : value);
        return findings.isEmpty()
                ? AdminAnswer.text(200, "")
                : AdminAnswer.error(400, findings.getFirst().message());
    }

    /** The schema a kind's values are validated with; for secrets that of the manager named by the body's id. */
    private static Optional<JsonSchema> validating(ResourceKind kind, Optional<JsonNode> body) {
        return switch (kind) {
            case PLUGIN_METADATA, CREDENTIAL -> Optional.empty();
            case SECRET ->
                body.filter(ObjectNode.class::isInstance)
                        .flatMap(value -> ResourceSchemas.ofSecret(
                                value.path("id").asText().split("/", 2)[0]));
            case ROUTE,
                    SERVICE,
                    UPSTREAM,
                    CONSUMER,
                    CONSUMER_GROUP,
                    PLUGIN_CONFIG,
                    GLOBAL_RULE,
                    SSL,
                    PROTO,
                    STREAM_ROUTE -> Optional.of(ResourceSchemas.of(kind));
        };
    }
}
