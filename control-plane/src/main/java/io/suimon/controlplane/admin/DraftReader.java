package io.suimon.controlplane.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.controlplane.admission.ResourceIds;
import io.suimon.controlplane.json.Json;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds out which resource a PUT or POST means, and puts its id where it is stored. */
final class DraftReader {

    private static final Set<String> MANAGERS = Set.of("vault", "aws", "gcp");

    /** A valid id no store hands out: what a POST is reviewed under before it has one. */
    static final String STAND_IN = "00000000000000000000";

    private DraftReader() {}

    /** A draft under the id of the path, or else of the body. */
    static Draft put(ResourcePath path, Optional<JsonNode> body) {
        return readable(body).map(Draft.class::cast).orElseGet(() -> keyed(path, object(body)));
    }

    /** A draft without id: {@link #STAND_IN} takes its place. */
    static Draft post(ResourcePath path, Optional<JsonNode> body) {
        var refusal = readable(body);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        var value = object(body);
        if (path.id() != null || value.has("id")) {
            return new Draft.Refused("wrong " + path.kind().word() + " id, do not need it");
        }
        return ready(path, STAND_IN, value);
    }

    private static Draft keyed(ResourcePath path, ObjectNode value) {
        return switch (path.kind()) {
            case CONSUMER -> consumer(path, value);
            case PLUGIN_METADATA -> metadata(path, value);
            case SECRET -> secret(path, value);
            case ROUTE,
                    SERVICE,
                    UPSTREAM,
                    CREDENTIAL,
                    CONSUMER_GROUP,
                    PLUGIN_CONFIG,
                    GLOBAL_RULE,
                    SSL,
                    PROTO,
                    STREAM_ROUTE -> identified(path, value);
        };
    }

    private static Draft identified(ResourcePath path, ObjectNode value) {
        var written = value.path("id");
        var id = path.id();
        if (id == null) {
            if (written.isMissingNode()) {
                return new Draft.Refused(KindRules.of(path.kind()).missingOnPut());
            }
            return ResourceIds.allow(written)
                    ? new Draft.Ready(path.key(written.asText()), value)
                    : new Draft.Refused(ResourceIds.INVALID);
        }
        if (!written.isMissingNode() && !written.asText().equals(id)) {
            return new Draft.Refused("wrong " + path.kind().word() + " id");
        }
        return ready(path, id, value);
    }

    private static Draft ready(ResourcePath path, String id, ObjectNode value) {
        return ResourceIds.allow(id)
                ? new Draft.Ready(path.key(id), value.put("id", id))
                : new Draft.Refused(ResourceIds.INVALID);
    }

    private static Draft consumer(ResourcePath path, ObjectNode value) {
        var username = value.path("username");
        if (username.isMissingNode()) {
            return new Draft.Refused("invalid configuration: property \"username\" is required");
        }
        if (!username.isTextual()) {
            return new Draft.Refused("invalid configuration: property \"username\" validation failed: "
                    + "wrong type: expected string, got " + Json.typeName(username));
        }
        if (username.asText().isEmpty()) {
            return new Draft.Refused("invalid configuration: property \"username\" validation failed: "
                    + "string too short, expected at least 1, got 0");
        }
        if (path.id() != null && !path.id().equals(username.asText())) {
            return new Draft.Refused("wrong username");
        }
        return new Draft.Ready(path.key(username.asText()), value);
    }

    private static Draft metadata(ResourcePath path, ObjectNode value) {
        var plugin = path.id();
        return plugin == null
                ? new Draft.Refused(KindRules.of(path.kind()).missingOnPut())
                : new Draft.Ready(path.key(plugin), value.put("id", plugin));
    }

    private static Draft secret(ResourcePath path, ObjectNode value) {
        var manager = path.parent();
        if (manager == null) {
            return new Draft.Refused(KindRules.of(path.kind()).missingOnPut());
        }
        if (!MANAGERS.contains(manager)) {
            return new Draft.Refused("invalid secret manager: " + manager);
        }
        var written = value.path("id");
        var id = path.id();
        if (id == null) {
            return new Draft.Refused(KindRules.of(path.kind()).missingOnPut());
        }
        var whole = manager + "/" + id;
        if (!written.isMissingNode() && !written.asText().equals(whole)) {
            return new Draft.Refused("wrong secret id");
        }
        return ResourceIds.allow(id)
                ? new Draft.Ready(new ResourceKey(ResourceKind.SECRET, whole), value.put("id", whole))
                : new Draft.Refused(ResourceIds.INVALID);
    }

    /** Why a body is no object a resource could be read from. */
    private static Optional<Draft.Refused> readable(Optional<JsonNode> body) {
        if (body.isEmpty()) {
            return Optional.of(new Draft.Refused("missing configurations"));
        }
        var value = body.get();
        if (value.isArray() && !value.isEmpty()) {
            return Optional.of(new Draft.Refused("invalid configuration: additional properties forbidden, found 1"));
        }
        if (!value.isContainerNode()) {
            return Optional.of(new Draft.Refused(
                    "invalid configuration: wrong type: expected object, got " + Json.typeName(value)));
        }
        return forbidden(value);
    }

    /** An empty array stands for an empty object, as in Lua. */
    private static ObjectNode object(Optional<JsonNode> body) {
        return body.orElseThrow() instanceof ObjectNode object ? object.deepCopy() : Json.newObject();
    }

    /** Times are the control plane's to write. */
    private static Optional<Draft.Refused> forbidden(JsonNode value) {
        for (var place : List.of("", "upstream", "plugins")) {
            for (var field : List.of("create_time", "update_time")) {
                if ((place.isEmpty() ? value : value.path(place)).has(field)) {
                    return Optional.of(new Draft.Refused(
                            "the property is forbidden:  " + (place.isEmpty() ? "" : place + ".") + field));
                }
            }
        }
        return Optional.empty();
    }
}
