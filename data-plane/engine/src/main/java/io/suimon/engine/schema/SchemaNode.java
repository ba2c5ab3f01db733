package io.suimon.engine.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A schema or part of one, ready for use.
 *
 * @param types what the value may be; empty means anything
 * @param keywords in the order in which their findings are told
 * @param fillsDefaults whether looking at a value may change it
 */
record SchemaNode(List<ValueType> types, List<Keyword> keywords, boolean fillsDefaults) {

    SchemaNode {
        types = List.copyOf(types);
        keywords = List.copyOf(keywords);
    }

    void check(JsonNode value, Place place, Findings findings) {
        if (refersToSecret(value)) {
            return;
        }
        if (!isOfType(value)) {
            findings.add(place, () -> ValueType.mismatch(types, value));
            return;
        }
        for (var keyword : keywords) {
            keyword.check(value, place, findings);
            if (findings.done()) {
                return;
            }
        }
    }

    private boolean isOfType(JsonNode value) {
        for (int i = 0; i < types.size(); i++) {
            if (types.get(i).holds(value)) {
                return true;
            }
        }
        return types.isEmpty();
    }

    /** Yes or no. A value that passes is completed; one that does not is left as it was. */
    boolean accepts(JsonNode value) {
        if (!fillsDefaults) {
            return passes(value);
        }
        var copy = value.deepCopy();
        boolean passes = passes(copy);
        if (passes) {
            adopt(value, copy);
        }
        return passes;
    }

    /** Yes or no, and the value is left as it was. */
    boolean matches(JsonNode value) {
        return passes(fillsDefaults ? value.deepCopy() : value);
    }

    private boolean passes(JsonNode value) {
        var findings = Findings.counting();
        check(value, Place.ROOT, findings);
        return findings.none();
    }

    private static void adopt(JsonNode value, JsonNode completed) {
        if (value instanceof ObjectNode object && completed instanceof ObjectNode members) {
            object.removeAll();
            object.setAll(members);
        } else if (value instanceof ArrayNode array && completed instanceof ArrayNode items) {
            array.removeAll();
            array.addAll(items);
        }
    }

    /** The value, or the empty object or array that the schema wants in place of an empty one of the other sort. */
    JsonNode fit(JsonNode value) {
        if (!value.isContainerNode() || !value.isEmpty() || types.size() != 1) {
            return value;
        }
        return switch (types.getFirst()) {
            case OBJECT -> value.isObject() ? value : JsonNodeFactory.instance.objectNode();
            case ARRAY -> value.isArray() ? value : JsonNodeFactory.instance.arrayNode();
            case STRING, NUMBER, INTEGER, BOOLEAN, NULL -> value;
        };
    }

    private boolean refersToSecret(JsonNode value) {
        return value.isTextual()
                && (types.isEmpty() || types.equals(ValueType.ONLY_STRING))
                && SecretReference.is(value.textValue());
    }
}
