package io.suimon.controlplane.secret;

import com.fasterxml.jackson.databind.JsonNode;

/** What asking for one value came to. */
sealed interface Outcome {

    /** The value. Never prints. */
    record Value(String text) implements Outcome {

        @Override
        public String toString() {
            return "Value[***]";
        }
    }

    /**
     * None.
     *
     * @param reason for people; never what a secret manager said
     */
    record Failed(String reason) implements Outcome {}

    /** The value of a field: a text as it is, a number and a truth value as they are written. */
    static Outcome ofField(JsonNode fields, String field) {
        var value = fields.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return new Failed("field " + field + " is not there");
        }
        return value.isValueNode()
                ? new Value(value.asText())
                : new Failed("field " + field + " holds no text (expected: a text, a number or a truth value)");
    }
}
