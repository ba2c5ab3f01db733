package io.suimon.engine.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a schema says about objects; says nothing about other values.
 *
 * @param properties in the schema's order
 * @param defaults of properties
 * @param required in the schema's order; of several that are missing the last one is named first
 * @param others what properties may be that nothing above speaks of
 */
record ObjectKeyword(
        SequencedMap<String, SchemaNode> properties,
        Map<String, JsonNode> defaults,
        List<Selected> selected,
        @Nullable SchemaNode others,
        boolean closed,
        List<String> required,
        int minProperties,
        int maxProperties)
        implements Keyword {

    /** What properties whose name a pattern finds may be. */
    record Selected(PcrePattern name, SchemaNode schema) {}

    @Override
    public void check(JsonNode value, Place place, Findings findings) {
        if (value instanceof ObjectNode object) {
            checkObject(object, place, findings);
        } else if (value.isArray() && value.isEmpty()) {
            checkObject(JsonNodeFactory.instance.objectNode(), place, findings);
        }
    }

    private void checkObject(ObjectNode object, Place place, Findings findings) {
        int written = object.size();
        defaults.forEach((name, value) -> {
            if (!object.has(name)) {
                object.set(name, value.deepCopy());
            }
        });
        for (var property : properties.entrySet()) {
            checkMember(object, property.getKey(), property.getValue(), place.property(property.getKey()), findings);
        }
        for (var name : required.reversed()) {
            if (!object.has(name)) {
                findings.add(place, () -> "property \"" + name + "\" is required");
            }
        }
        if (closed || others != null || !selected.isEmpty()) {
            checkUndeclared(object, place, findings);
        }
        checkSize(written, place, findings);
    }

    private static void checkMember(ObjectNode object, String name, SchemaNode schema, Place place, Findings findings) {
        var member = object.get(name);
        if (member == null || findings.done()) {
            return;
        }
        var fitted = schema.fit(member);
        object.set(name, fitted);
        schema.check(fitted, place, findings);
    }

    private void checkUndeclared(ObjectNode object, Place place, Findings findings) {
        for (var member : object.properties()) {
            var name = member.getKey();
            boolean known = properties.containsKey(name);
            for (var selection : selected) {
                if (selection.name().foundIn(name)) {
                    known = true;
                    var at = place.matching(name, selection.name().source());
                    checkMember(object, name, selection.schema(), at, findings);
                }
            }
            if (!known && closed) {
                findings.add(place, () -> "additional properties forbidden, found " + name);
            } else if (!known && others != null) {
                checkMember(object, name, others, place.additional(name), findings);
            }
        }
    }

    private void checkSize(int size, Place place, Findings findings) {
        if (size < minProperties) {
            findings.add(place, () -> "expect object to have at least " + minProperties + " properties");
        } else if (size > maxProperties) {
            findings.add(place, () -> "expect object to have at most " + maxProperties + " properties");
        }
    }
}
