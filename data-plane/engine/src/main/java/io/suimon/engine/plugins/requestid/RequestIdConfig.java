package io.suimon.engine.plugins.requestid;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.suimon.engine.plugin.FieldText;

/**
 * Which identifier, and where it goes.
 *
 * @param headerName the field on requests and responses
 * @param includeInResponse whether the client is told
 * @param algorithm how identifiers are made
 * @param rangeId what {@link Algorithm#RANGE_ID} makes them of
 */
public record RequestIdConfig(String headerName, boolean includeInResponse, Algorithm algorithm, RangeId rangeId) {

    /** How identifiers are made. */
    public enum Algorithm {
        @JsonProperty("uuid")
        UUID,
        @JsonProperty("nanoid")
        NANOID,
        @JsonProperty("range_id")
        RANGE_ID,
        @JsonProperty("ksuid")
        KSUID,
        @JsonProperty("uuidv7")
        UUIDV7
    }

    /**
     * Characters at random.
     *
     * @param charSet any of these
     * @param length so many
     */
    public record RangeId(String charSet, int length) {

        /** More would not fit into a head anyway. */
        static final int LONGEST = 4096;

        public RangeId {
            if (length > LONGEST) {
                throw new IllegalArgumentException("range_id.length: " + length + " (expected: 6.." + LONGEST + ")");
            }
            if (!FieldText.isValue(charSet)) {
                throw new IllegalArgumentException("range_id.char_set: line break or NUL (expected: printable)");
            }
        }
    }

    public RequestIdConfig {
        FieldText.requireName("header_name", headerName);
    }
}
