package io.suimon.engine.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What JSON people may write somewhere. Immutable, used by any thread. */
public final class JsonSchema {

    /**
     * One finding.
     *
     * @param pointer where in the JSON, as a JSON pointer (RFC 6901)
     * @param message the whole text, as APISIX says it: {@code property "uri" validation failed: wrong type: expected string, got
     *     number}
     */
    public record Finding(String pointer, String message) {}

    /** The schema with this JSON. */
    public static JsonSchema of(JsonNode schema) {
        throw new UnsupportedOperationException(schema.toString());
    }

    /** The schema in a class-path resource beside a class. The file must exist. */
    public static JsonSchema load(Class<?> beside, String file) {
        throw new UnsupportedOperationException(beside + file);
    }

    /** The schema as people are shown it; not to be changed. */
    public JsonNode json() {
        throw new UnsupportedOperationException();
    }

    /** Everything wrong with a value; empty when it is valid. The first one is the one APISIX would name. */
    public List<Finding> validate(JsonNode value) {
        throw new UnsupportedOperationException();
    }

    /** A copy of a valid object with the schema's defaults where it says nothing, in every object that is present. */
    public ObjectNode withDefaults(ObjectNode value) {
        throw new UnsupportedOperationException();
    }
}
