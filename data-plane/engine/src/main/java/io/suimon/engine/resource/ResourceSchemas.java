package io.suimon.engine.resource;

import com.fasterxml.jackson.databind.JsonNode;
import io.suimon.engine.schema.JsonSchema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What JSON people may write for each kind of resource. Read from the class path once; used by any thread. */
public final class ResourceSchemas {

    private static final List<String> MANAGERS = List.of("vault", "aws", "gcp");

    /** Those people may ask for by name: the kinds but for secrets and plugin metadata, and parts that several kinds share. */
    private static final List<String> NAMES = List.of(
            "route",
            "service",
            "upstream",
            "consumer",
            "credential",
            "consumer_group",
            "plugin_config",
            "global_rule",
            "ssl",
            "proto",
            "stream_route",
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
            "upstream_hash_vars_combinations_schema",
            "uri_def",
            "anonymous_consumer_schema");

    private static final Map<String, JsonSchema> BY_NAME = load();

    private ResourceSchemas() {}

    private static Map<String, JsonSchema> load() {
        var schemas = new HashMap<String, JsonSchema>();
        NAMES.forEach(name -> schemas.put(name, read(name)));
        MANAGERS.forEach(manager -> schemas.put("secret_" + manager, read("secret_" + manager)));
        schemas.put("plugin_metadata", read("plugin_metadata"));
        return Map.copyOf(schemas);
    }

    private static JsonSchema read(String name) {
        return JsonSchema.load(ResourceSchemas.class, "schema/" + name + ".json");
    }

    /** The names of {@link #named}. */
    public static List<String> names() {
        return NAMES;
    }

    /** A schema by the name people ask for it: {@code route}, {@code host_def}. */
    public static Optional<JsonNode> named(String name) {
        return NAMES.contains(name) ? Optional.of(schema(name).json()) : Optional.empty();
    }

    /** The schema of a kind; for secrets, which have one per manager, use {@link #ofSecret}. */
    public static JsonSchema of(ResourceKind kind) {
        return switch (kind) {
            case ROUTE -> schema("route");
            case SERVICE -> schema("service");
            case UPSTREAM -> schema("upstream");
            case CONSUMER -> schema("consumer");
            case CREDENTIAL -> schema("credential");
            case CONSUMER_GROUP -> schema("consumer_group");
            case PLUGIN_CONFIG -> schema("plugin_config");
            case GLOBAL_RULE -> schema("global_rule");
            case PLUGIN_METADATA -> schema("plugin_metadata");
            case SSL -> schema("ssl");
            case PROTO -> schema("proto");
            case STREAM_ROUTE -> schema("stream_route");
            case SECRET -> throw new IllegalArgumentException("kind: secret (expected: ofSecret)");
        };
    }

    /** The schema of a secret manager's settings; empty when there is no such manager. */
    public static Optional<JsonSchema> ofSecret(String manager) {
        return MANAGERS.contains(manager) ? Optional.of(schema("secret_" + manager)) : Optional.empty();
    }

    /** What the key of a consistent hash may be. */
    static JsonSchema ofHashKey(Upstream.Balancing.HashOn hashOn) {
        return switch (hashOn) {
            case VARS -> schema("upstream_hash_vars_schema");
            case HEADER, COOKIE -> schema("upstream_hash_header_schema");
            case CONSUMER, VARS_COMBINATIONS -> schema("upstream_hash_vars_combinations_schema");
        };
    }

    private static JsonSchema schema(String name) {
        var schema = BY_NAME.get(name);
        if (schema == null) {
            throw new IllegalStateException(name + ": no such schema");
        }
        return schema;
    }
}
