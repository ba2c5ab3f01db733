package io.suimon.engine.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.engine.schema.JsonSchema;
import java.util.Optional;

/** A plugin that is built, with the schemas of what people may write for it. Immutable, used by any thread. */
public final class PluginEntry implements KnownPlugin {

    private static final String MARK = "this is a mark for our injected plugin schema";
    private static final JsonSchema META = JsonSchema.load(PluginEntry.class, "meta-schema.json");

    private final Plugin<?> plugin;
    private final JsonSchema schema;
    private final Optional<JsonSchema> consumerSchema;
    private final Optional<JsonSchema> metadataSchema;
    private final JsonSchema shownMetadataSchema;

    PluginEntry(Plugin<?> plugin) {
        this.plugin = plugin;
        this.schema = withMeta(JsonSchema.load(plugin.getClass(), "schema.json").json());
        this.consumerSchema = optional("consumer-schema.json");
        this.metadataSchema = optional("metadata-schema.json");
        this.shownMetadataSchema = shown(metadataSchema);
    }

    private Optional<JsonSchema> optional(String file) {
        return plugin.getClass().getResource(file) == null
                ? Optional.empty()
                : Optional.of(JsonSchema.load(plugin.getClass(), file));
    }

    /** A metadata schema as people are shown it. */
    static JsonSchema shown(Optional<JsonSchema> metadataSchema) {
        return withMeta(metadataSchema
                .map(JsonSchema::json)
                .orElseGet(() -> JsonNodeFactory.instance.objectNode().put("type", "object")));
    }

    /** A schema with what every plugin accepts beside its own properties. */
    static JsonSchema withMeta(JsonNode own) {
        ObjectNode json = own.deepCopy();
        json.put("$comment", MARK);
        json.withObjectProperty("properties").set("_meta", META.json());
        return JsonSchema.of(json);
    }

    /** A configuration, valid or not, with its own properties' defaults: "at least one property" counts them, too. */
    static ObjectNode filled(JsonSchema schema, ObjectNode config) {
        var filled = config.deepCopy();
        schema.json().path("properties").properties().forEach(property -> {
            var value = property.getValue().get("default");
            if (value != null && !filled.has(property.getKey())) {
                filled.set(property.getKey(), value.deepCopy());
            }
        });
        return filled;
    }

    public Plugin<?> plugin() {
        return plugin;
    }

    @Override
    public String name() {
        return plugin.name();
    }

    @Override
    public int priority() {
        return plugin.priority();
    }

    @Override
    public double version() {
        return plugin.version();
    }

    @Override
    public Optional<String> type() {
        return plugin instanceof AuthPlugin<?, ?> ? Optional.of("auth") : Optional.empty();
    }

    /** None: every plugin there is does something for a route. */
    @Override
    public Optional<String> scope() {
        return Optional.empty();
    }

    @Override
    public JsonSchema schema() {
        return schema;
    }

    @Override
    public Optional<JsonSchema> consumerSchema() {
        return consumerSchema;
    }

    @Override
    public Optional<JsonSchema> metadataSchema() {
        return metadataSchema;
    }

    @Override
    public JsonSchema shownMetadataSchema() {
        return shownMetadataSchema;
    }
}
