package io.suimon.controlplane.secret;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.suimon.controlplane.json.Json;
import io.suimon.engine.schema.SecretReference;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The references in a resource's JSON: any text of it, but for those that name the resource. */
final class ReferenceTexts {

    private static final Set<String> NAMES = Set.of("id", "username");

    private ReferenceTexts() {}

    /** Each once. */
    static Set<String> in(byte[] json) {
        if (!SecretReference.mayBeWithin(json)) {
            return Set.of();
        }
        var found = new TreeSet<String>();
        Json.object(json)
                .ifPresent(resource -> edit(resource, text -> {
                    found.add(text);
                    return null;
                }));
        return Set.copyOf(found);
    }

    /**
     * The JSON with values in their place.
     *
     * @param values of a reference; null leaves it as it is
     */
    static byte[] replaced(byte[] json, Function<String, @Nullable String> values) {
        var resource = Json.object(json).orElseThrow();
        edit(resource, values);
        return Json.bytes(resource);
    }

    private static void edit(ObjectNode resource, Function<String, @Nullable String> values) {
        for (var member : resource.properties()) {
            if (!NAMES.contains(member.getKey())) {
                member.setValue(edited(member.getValue(), values));
            }
        }
    }

    private static JsonNode edited(JsonNode node, Function<String, @Nullable String> values) {
        switch (node) {
            case TextNode text
            when SecretReference.is(text.textValue()) -> {
                var value = values.apply(text.textValue());
                return value == null ? text : TextNode.valueOf(value);
            }
            case ObjectNode object ->
                object.properties().forEach(member -> member.setValue(edited(member.getValue(), values)));
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    array.set(i, edited(array.get(i), values));
                }
            }
            default -> {
                // Numbers and the like refer to nothing.
            }
        }
        return node;
    }
}
