package io.suimon.engine.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.engine.schema.JsonSchema;
import org.jspecify.annotations.Nullable;

/**
 * Reads a resource's JSON. Immutable, used by any thread.
 *
 * <p>Says what can be said of one resource by itself: that others exist which it refers to, that its plugins exist and like their
 * configuration, that its expressions can be compiled is found out elsewhere. Any input whatever gives a {@link Parsed}.
 */
public final class ResourceParser {

    /** A longer text is refused; the Admin API takes at most 1.5 MiB. */
    public static final int MAX_BYTES = 2 * 1024 * 1024;

    /** JSON nested deeper is refused. */
    public static final int MAX_DEPTH = 100;

    /** Parses JSON text in UTF-8 into the record of the key's kind; says every violation of its schema. */
    public Parsed parse(ResourceKey key, byte[] json) {
        try {
            return parseOwn(key, StrictJson.read(json));
        } catch (StrictJson.MalformedException e) {
            var violations = new Violations();
            violations.add("", e.reason());
            return new Parsed.Refused(violations.list());
        }
    }

    /**
     * Parses JSON into the record of the key's kind; the id in the key replaces the one in the JSON.
     *
     * @param json not changed
     */
    public Parsed parse(ResourceKey key, JsonNode json) {
        return parseOwn(key, json.deepCopy());
    }

    /** @param json becomes what the record is made of */
    private static Parsed parseOwn(ResourceKey key, JsonNode json) {
        var violations = new Violations();
        var resource = check(key, json, violations);
        return resource == null ? new Parsed.Refused(violations.list()) : new Parsed.Accepted(resource);
    }

    private static @Nullable Resource check(ResourceKey key, JsonNode json, Violations violations) {
        var schema = schema(key, violations);
        if (schema == null) {
            return null;
        }
        if (!json.isObject() && !(json.isArray() && json.isEmpty())) {
            violations.addFindings("", schema.validate(json));
            return null;
        }
        var object = Fields.asObject(json);
        if (key.kind() != ResourceKind.CONSUMER) {
            object.put("id", key.kind() == ResourceKind.CREDENTIAL ? key.shortId() : key.id());
        }
        if (key.kind() == ResourceKind.ROUTE) {
            refuseBoth("host", "hosts", object, violations);
            refuseBoth("remote_addr", "remote_addrs", object, violations);
        }
        var checked = schema.complete(object);
        violations.addFindings("", checked.findings());
        if (!violations.none()) {
            return null;
        }
        var resource = new ResourceReader(key, new Fields((ObjectNode) checked.completed(), "", violations)).read();
        return violations.none() ? resource : null;
    }

    private static @Nullable JsonSchema schema(ResourceKey key, Violations violations) {
        if (key.kind() != ResourceKind.SECRET) {
            return ResourceSchemas.of(key.kind());
        }
        var schema = ResourceSchemas.ofSecret(key.parentId()).orElse(null);
        if (schema == null) {
            violations.add("", "invalid secret manager: " + key.parentId());
        }
        return schema;
    }

    private static void refuseBoth(String one, String other, ObjectNode object, Violations violations) {
        if (object.has(one) && object.has(other)) {
            violations.add("/" + other, "only one of " + one + " or " + other + " is allowed");
        }
    }
}
