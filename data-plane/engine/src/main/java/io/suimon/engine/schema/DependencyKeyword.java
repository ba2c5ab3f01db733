package io.suimon.engine.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an object must be when it has one property.
 *
 * @param required properties it must then have, too
 * @param schema what the object must then be, or null
 */
record DependencyKeyword(
        String property, List<String> required, @Nullable SchemaNode schema) implements Keyword {

    DependencyKeyword {
        required = List.copyOf(required);
    }

    @Override
    public void check(JsonNode value, Place place, Findings findings) {
        if (!value.isObject() || !value.has(property)) {
            return;
        }
        for (var name : required) {
            if (!value.has(name)) {
                findings.add(place, () -> "property \"" + name + "\" is required when \"" + property + "\" is set");
            }
        }
        if (schema != null) {
            schema.check(value, place.dependent(property), findings);
        }
    }
}
