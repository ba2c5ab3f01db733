package io.suimon.dataplane.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.suimon.engine.resource.StoredResource;
import io.suimon.engine.schema.SecretReference;
import java.io.IOException;
import java.util.Optional;

/** Finds out whether a new form of a resource only names a secret where the form before it has a value to go on with. */
final class LostSecrets {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private LostSecrets() {}

    /** Where the first such name stands, as a JSON pointer; empty when there is none. */
    static Optional<String> firstIn(StoredResource after, StoredResource before) {
        if (!SecretReference.mayBeWithin(after.json())) {
            return Optional.empty();
        }
        try {
            return first(MAPPER.readTree(after.json()), MAPPER.readTree(before.json()), "");
        } catch (IOException e) {
            // No JSON: for the compiler to refuse.
            return Optional.empty();
        }
    }

    private static Optional<String> first(JsonNode after, JsonNode before, String place) {
        if (after.isTextual()) {
            return SecretReference.is(after.textValue()) && isInUse(before) ? Optional.of(place) : Optional.empty();
        }
        if (after.isArray()) {
            for (int i = 0; i < after.size(); i++) {
                var found = first(after.get(i), before.path(i), place + "/" + i);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        for (var member : after.properties()) {
            var found = first(member.getValue(), before.path(member.getKey()), place + "/" + member.getKey());
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static boolean isInUse(JsonNode before) {
        return before.isValueNode()
                && !before.isNull()
                && !(before.isTextual() && SecretReference.is(before.textValue()));
    }
}
