package io.suimon.engine.plugin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.suimon.engine.schema.JsonSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A plugin that is known but not built: people can read and check what they would write for it, and are refused with a reason when
 * they write it.
 *
 * <p>One folder of schemas, read when first asked for. Immutable, used by any thread.
 */
final class UnbuiltPlugin implements KnownPlugin {

    private static final JsonMapper JSON = new JsonMapper();

    private final Facts facts;
    private final Subsystem subsystem;
    private volatile @Nullable Schemas schemas;

    /** What is told of it besides its schemas. */
    record Facts(
            String name,
            int priority,
            double version,
            @Nullable String type,
            @Nullable String scope) {}

    private record Schemas(
            JsonSchema own, Optional<JsonSchema> consumer, Optional<JsonSchema> metadata, JsonSchema shownMetadata) {}

    UnbuiltPlugin(Facts facts, Subsystem subsystem) {
        this.facts = facts;
        this.subsystem = subsystem;
    }

    @Override
    public String name() {
        return facts.name();
    }

    @Override
    public int priority() {
        return facts.priority();
    }

    @Override
    public double version() {
        return facts.version();
    }

    @Override
    public Optional<String> type() {
        return Optional.ofNullable(facts.type());
    }

    @Override
    public Optional<String> scope() {
        return Optional.ofNullable(facts.scope());
    }

    @Override
    public JsonSchema schema() {
        return schemas().own();
    }

    @Override
    public Optional<JsonSchema> consumerSchema() {
        return schemas().consumer();
    }

    @Override
    public Optional<JsonSchema> metadataSchema() {
        return schemas().metadata();
    }

    @Override
    public JsonSchema shownMetadataSchema() {
        return schemas().shownMetadata();
    }

    /** Two threads that ask at once both read; either result will do. */
    private Schemas schemas() {
        var read = schemas;
        if (read == null) {
            var metadata = read("metadata-schema.json").map(JsonSchema::of);
            read = new Schemas(
                    PluginEntry.withMeta(read("schema.json").orElseThrow()),
                    read("consumer-schema.json").map(JsonSchema::of),
                    metadata,
                    PluginEntry.shown(metadata));
            schemas = read;
        }
        return read;
    }

    private Optional<JsonNode> read(String file) {
        var path = "unbuilt/" + subsystem.word() + "/" + facts.name() + "/" + file;
        try (var stream = UnbuiltPlugin.class.getResourceAsStream(path)) {
            return stream == null ? Optional.empty() : Optional.of(JSON.readTree(stream));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(path + ": " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }
}
