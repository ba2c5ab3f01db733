package io.suimon.controlplane.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.controlplane.admission.ResourceIds;
import io.suimon.controlplane.json.Json;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds out which resource an item of a document is. Immutable. */
final class ItemReader {

    /** What reading an item came to. */
    sealed interface Result {
        record Readable(Item item) implements Result {}

        record Refused(String message) implements Result {}
    }

    private static final String INDEX = "modifiedIndex";
    private static final String CREDENTIALS = "/credentials/";
    private static final Pattern CREDENTIAL = Pattern.compile("([a-zA-Z0-9_\\-]{1,256})/credentials/([^/]+)");
    private static final Pattern SECRET = Pattern.compile("[^/]+/([^/]+)");

    private final boolean indexed;

    /** @param indexed whether items may have a {@code modifiedIndex} */
    ItemReader(boolean indexed) {
        this.indexed = indexed;
    }

    /** @param position from 0; names an item that has no id */
    Result read(ResourceKind kind, int position, JsonNode written) {
        var value = Json.newObject();
        if (written instanceof ObjectNode object) {
            value.setAll(object);
        } else if (!(written.isArray() && written.isEmpty())) {
            return new Result.Refused(
                    "invalid configuration: wrong type: expected object, got " + Json.typeName(written));
        }
        var given = indexed ? value.remove(INDEX) : null;
        if (given != null && !given.isIntegralNumber()) {
            return new Result.Refused("invalid configuration: property \"" + INDEX
                    + "\" validation failed: wrong type: expected integer, got " + Json.typeName(given));
        }
        var index = given == null ? null : given.bigIntegerValue();
        return switch (kind) {
            case CONSUMER, CREDENTIAL -> consumer(position, value, index);
            case SECRET -> secret(value, index);
            case PLUGIN_METADATA -> metadata(value, index);
            case ROUTE, SERVICE, UPSTREAM, CONSUMER_GROUP, PLUGIN_CONFIG, GLOBAL_RULE, SSL, PROTO, STREAM_ROUTE ->
                identified(kind, position, value, index);
        };
    }

    private static Result identified(ResourceKind kind, int position, ObjectNode value, @Nullable BigInteger index) {
        var id = value.path("id");
        if (id.isMissingNode()) {
            return readable(new ResourceKey(kind, standIn(position)), value, index);
        }
        return ResourceIds.allow(id)
                ? readable(new ResourceKey(kind, id.asText()), value, index)
                : new Result.Refused(ResourceIds.INVALID);
    }

    private static Result consumer(int position, ObjectNode value, @Nullable BigInteger index) {
        var id = value.path("id").asText();
        if (id.contains(CREDENTIALS)) {
            var parts = CREDENTIAL.matcher(id);
            return parts.matches() && ResourceIds.allow(parts.group(2))
                    ? readable(
                            ResourceKey.credential(parts.group(1), parts.group(2)),
                            value.put("id", parts.group(2)),
                            index)
                    : new Result.Refused(ResourceIds.INVALID);
        }
        var username = value.path("username").textValue();
        var name = username == null || username.isEmpty() ? standIn(position) : username;
        return readable(new ResourceKey(ResourceKind.CONSUMER, name), value, index);
    }

    private static Result secret(ObjectNode value, @Nullable BigInteger index) {
        var id = value.path("id");
        if (id.isMissingNode()) {
            return new Result.Refused("missing secret id");
        }
        var parts = SECRET.matcher(id.asText());
        return id.isTextual() && parts.matches() && ResourceIds.allow(parts.group(1))
                ? readable(new ResourceKey(ResourceKind.SECRET, id.asText()), value, index)
                : new Result.Refused("invalid secret id: " + id.asText());
    }

    private static Result metadata(ObjectNode value, @Nullable BigInteger index) {
        var plugin = value.path("id").asText();
        return plugin.isEmpty()
                ? new Result.Refused("missing plugin name")
                : readable(new ResourceKey(ResourceKind.PLUGIN_METADATA, plugin), value, index);
    }

    private static Result readable(ResourceKey key, ObjectNode value, @Nullable BigInteger index) {
        return new Result.Readable(new Item(key, value, index));
    }

    /** As APISIX names what has no id, counting from 1. */
    private static String standIn(int position) {
        return "arr_" + (position + 1);
    }
}
