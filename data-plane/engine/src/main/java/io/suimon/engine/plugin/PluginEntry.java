package io.suimon.engine.plugin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.engine.schema.JsonSchema;
import java.util.Optional;

/** A plugin with the schemas of what people may write for it. Immutable, used by any thread. */
public final class PluginEntry {

    private static final String MARK = "this is a mark for our injected plugin schema";
    private static final JsonSchema META = JsonSchema.load(PluginEntry.class, "meta-schema.json");

    private final Plugin<?> plugin;
    private final JsonSchema schema;
    private final Optional<JsonSchema> consumerSchema;
    private final Optional<JsonSchema> metadataSchema;
    private final JsonSchema shownMetadataSchema;

    PluginEntry(Plugin<?> plugin) {
        this.plugin = plugin;
        this.schema = withMeta(JsonSchema.load(plugin.getClass(), "schema.json"));
        this.consumerSchema = optional("consumer-schema.json");
        this.metadataSchema = optional("metadata-schema.json");
        this.shownMetadataSchema = metadataSchema.map(PluginEntry::withMeta).orElseGet(() -> withMeta(anyObject()));
    }

    private Optional<JsonSchema> optional(String file) {
        return plugin.getClass().getResource(file) == null
                ? Optional.empty()
                : Optional.of(JsonSchema.load(plugin.getClass(), file));
    }

    private static JsonSchema anyObject() {
        return JsonSchema.of(JsonNodeFactory.instance.objectNode().put("type", "object"));
    }

    /** What every plugin accepts beside its own properties. */
    private static JsonSchema withMeta(JsonSchema own) {
        ObjectNode json = own.json().deepCopy();
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

    /** Whether it finds out who is calling. */
    public boolean isAuth() {
        return plugin instanceof AuthPlugin<?, ?>;
    }

    /** What may be written on routes and the like; {@code _meta} is in it. */
    public JsonSchema schema() {
        return schema;
    }

    /** What may be written on consumers and credentials; only auth plugins have one. */
    public Optional<JsonSchema> consumerSchema() {
        return consumerSchema;
    }

    /** What may be written for all its uses together, if it reads anything of the kind. */
    public Optional<JsonSchema> metadataSchema() {
        return metadataSchema;
    }

    /** The same as people are shown it: with {@code _meta}, and for every plugin. */
    public JsonSchema shownMetadataSchema() {
        return shownMetadataSchema;
    }
}
