package io.suimon.engine.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/**
 * The values that may be.
 *
 * @param texts their canonical texts
 */
record ChoiceKeyword(Set<String> texts, String message) implements Keyword {

    ChoiceKeyword {
        texts = Set.copyOf(texts);
    }

    @Override
    public void check(JsonNode value, Place place, Findings findings) {
        if (!texts.contains(CanonicalText.of(value))) {
            findings.add(place, () -> message);
        }
    }
}
