package io.suimon.engine.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.engine.expression.Expression;
import io.suimon.engine.expression.InvalidExpressionException;
import io.suimon.engine.regex.BoundedRegex;
import io.suimon.engine.schema.JsonSchema;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What plugins that are not built refuse beyond their schemas, as configuration records do: by {@link IllegalArgumentException} with
 * the text people know. A rule belongs in the constructor of its plugin's record, and moves there when the plugin is built.
 */
final class UnbuiltRules {

    /** The zones a cache can use, and what each is for. */
    private static final Map<String, String> CACHE_ZONES = Map.of("disk_cache_one", "disk", "memory_cache", "memory");

    private static final Set<String> LIMITS = Set.of("limit-count", "limit-conn");

    private final PluginCatalog catalog;
    private final @Nullable ObjectNode metadata;

    UnbuiltRules(PluginCatalog catalog, @Nullable ObjectNode metadata) {
        this.catalog = catalog;
        this.metadata = metadata;
    }

    /** What is refused even if the schema would find more. */
    static void beforeSchema(String plugin, ObjectNode config) {
        boolean bearerOnly =
                config.hasNonNull("bearer_only") && !config.get("bearer_only").equals(config.booleanNode(false));
        if (plugin.equals("openid-connect")
                && !bearerOnly
                && !config.path("session").has("secret")) {
            throw new IllegalArgumentException("property \"session.secret\" is required when \"bearer_only\" is false");
        }
    }

    /** @param config valid by the schema, with defaults */
    void onRoute(String plugin, ObjectNode config) {
        switch (plugin) {
            case "uri-blocker" -> compileEach(config.path("block_rules"));
            case "ua-restriction" -> {
                compileEach(config.path("allowlist"));
                compileEach(config.path("denylist"));
            }
            case "fault-injection" -> {
                requireExpressions(config.at("/delay/vars"));
                requireExpressions(config.at("/abort/vars"));
            }
            case "proxy-cache" -> requireZone(config);
            case "file-logger" -> requirePath(config);
            case "multi-auth" -> config.path("auth_plugins").forEach(this::requireAuth);
            case "workflow" ->
                config.path("rules").forEach(rule -> rule.path("actions").forEach(this::requireAction));
            default -> {
                // Its schema says all there is to say.
            }
        }
    }

    private static void compileEach(JsonNode patterns) {
        patterns.forEach(pattern -> BoundedRegex.compile(pattern.asText()));
    }

    private static void requireExpressions(JsonNode list) {
        for (var expression : list) {
            try {
                Expression.compile(expression);
            } catch (InvalidExpressionException e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
        }
    }

    private static void requireZone(ObjectNode config) {
        var zone = config.path("cache_zone").asText();
        var strategy = config.path("cache_strategy").asText();
        var use = CACHE_ZONES.get(zone);
        if (use == null) {
            throw new IllegalArgumentException("cache_zone " + zone + " not found");
        }
        if (!use.equals(strategy)) {
            throw new IllegalArgumentException("invalid or empty cache_zone for cache_strategy: " + strategy);
        }
        config.path("cache_key").forEach(part -> {
            if (part.asText().equals("$request_method")) {
                throw new IllegalArgumentException("cache_key variable $request_method unsupported");
            }
        });
    }

    private void requirePath(ObjectNode config) {
        if (!config.has("path") && (metadata == null || !metadata.has("path"))) {
            throw new IllegalArgumentException(
                    "property \"path\" is not set in either the plugin conf or the metadata");
        }
    }

    private void requireAuth(JsonNode members) {
        for (var member : members.properties()) {
            var name = member.getKey();
            var plugin = catalog.known(Subsystem.HTTP, name);
            if (plugin.isEmpty()) {
                throw new IllegalArgumentException(name + " plugin did not found");
            }
            if (!plugin.get().isAuth()) {
                throw new IllegalArgumentException(name + " plugin is not supported");
            }
            firstFinding(plugin.get().schema(), member.getValue()).ifPresent(message -> {
                throw new IllegalArgumentException("plugin " + name + " check schema failed: " + message);
            });
        }
    }

    private void requireAction(JsonNode action) {
        var name = action.path(0).asText();
        var config = action.path(1);
        if (name.equals("return")) {
            if (!config.has("code")) {
                throw invalidAction(name, "property \"code\" is required");
            }
            return;
        }
        if (!LIMITS.contains(name)) {
            throw new IllegalArgumentException("unsupported action: " + name);
        }
        if (config.has("group")) {
            throw invalidAction(name, "group is not supported");
        }
        catalog.known(Subsystem.HTTP, name)
                .flatMap(plugin -> firstFinding(plugin.schema(), config))
                .ifPresent(message -> {
                    throw invalidAction(name, message);
                });
    }

    private static IllegalArgumentException invalidAction(String name, String message) {
        return new IllegalArgumentException("failed to validate the '" + name + "' action: " + message);
    }

    private static Optional<String> firstFinding(JsonSchema schema, JsonNode config) {
        var value = config instanceof ObjectNode object ? PluginEntry.filled(schema, object) : config;
        return schema.validate(value).stream().findFirst().map(JsonSchema.Finding::message);
    }
}
