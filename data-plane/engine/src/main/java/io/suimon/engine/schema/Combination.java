package io.suimon.engine.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules made of other schemas. But for {@link All} they say only that they do not hold, not why. */
sealed interface Combination extends Keyword {

    /** Every schema must hold. */
    record All(List<SchemaNode> schemas) implements Combination {

        @Override
        public void check(JsonNode value, Place place, Findings findings) {
            for (int i = 0; i < schemas.size() && !findings.done(); i++) {
                schemas.get(i).check(value, place.allOf(i), findings);
            }
        }
    }

    /**
     * At least one schema must hold.
     *
     * @param message the whole text
     */
    record Any(List<SchemaNode> schemas, String message) implements Combination {

        @Override
        public void check(JsonNode value, Place place, Findings findings) {
            for (var schema : schemas) {
                if (schema.accepts(value)) {
                    return;
                }
            }
            findings.add(place, () -> message);
        }
    }

    /** Exactly one schema must hold. */
    record One(List<SchemaNode> schemas) implements Combination {

        private static final String MESSAGE = "value should match only one schema, but matches ";

        @Override
        public void check(JsonNode value, Place place, Findings findings) {
            int matching = 0;
            for (int i = 1; i <= schemas.size(); i++) {
                if (schemas.get(i - 1).matches(value)) {
                    if (matching > 0) {
                        int first = matching;
                        int second = i;
                        findings.add(place, () -> MESSAGE + "both schemas " + first + " and " + second);
                        return;
                    }
                    matching = i;
                }
            }
            if (matching == 0) {
                findings.add(place, () -> MESSAGE + "none");
            } else if (schemas.get(matching - 1).fillsDefaults()) {
                schemas.get(matching - 1).accepts(value);
            }
        }
    }

    /** The schema must not hold. */
    record Not(SchemaNode schema) implements Combination {

        @Override
        public void check(JsonNode value, Place place, Findings findings) {
            if (schema.matches(value)) {
                findings.add(place, () -> "value wasn't supposed to match schema");
            }
        }
    }

    /** One schema decides which of two others must hold. */
    record Conditional(
            SchemaNode condition,
            @Nullable SchemaNode whenTrue,
            @Nullable SchemaNode whenFalse) implements Combination {

        @Override
        public void check(JsonNode value, Place place, Findings findings) {
            boolean holds = condition.accepts(value);
            var clause = holds ? whenTrue : whenFalse;
            if (clause != null && !clause.accepts(value)) {
                findings.add(place, () -> (holds ? "then" : "else") + " clause did not match");
            }
        }
    }
}
