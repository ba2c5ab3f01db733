package io.suimon.engine.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a schema says about arrays; says nothing about other values.
 *
 * @param contains what at least one item must be
 */
record ArrayKeyword(
        @Nullable SchemaNode items,
        int minItems,
        int maxItems,
        boolean unique,
        @Nullable SchemaNode contains) implements Keyword {

    @Override
    public void check(JsonNode value, Place place, Findings findings) {
        if (value.isArray() || (value.isObject() && value.isEmpty())) {
            checkItems(value, place, findings);
            checkSize(value.size(), place, findings);
            if (unique) {
                checkUnique(value, place, findings);
            }
            if (contains != null && !anyMatches(contains, value)) {
                findings.add(place, () -> "contains no item that matches the schema");
            }
        }
    }

    private void checkItems(JsonNode value, Place place, Findings findings) {
        if (items == null || !(value instanceof ArrayNode array)) {
            return;
        }
        for (int i = 0; i < array.size() && !findings.done(); i++) {
            var fitted = items.fit(array.get(i));
            array.set(i, fitted);
            items.check(fitted, place.item(i), findings);
        }
    }

    private void checkSize(int size, Place place, Findings findings) {
        if (size < minItems) {
            findings.add(place, () -> "expect array to have at least " + minItems + " items");
        } else if (size > maxItems) {
            findings.add(place, () -> "expect array to have at most " + maxItems + " items");
        }
    }

    private static void checkUnique(JsonNode array, Place place, Findings findings) {
        var seen = new HashMap<String, Integer>();
        for (int i = 0; i < array.size(); i++) {
            int second = i + 1;
            var first = seen.putIfAbsent(CanonicalText.of(array.get(i)), second);
            if (first != null) {
                findings.add(place, () -> "expected unique items but items " + first + " and " + second + " are equal");
                return;
            }
        }
    }

    private static boolean anyMatches(SchemaNode schema, JsonNode array) {
        for (var item : array) {
            if (schema.matches(item)) {
                return true;
            }
        }
        return false;
    }
}
