package io.suimon.engine.resource;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads JSON strictly: UTF-8, one value and nothing after it, of bounded size and depth. Of equal members the last one counts. */
final class StrictJson {

    private static final int MAX_NUMBER_LENGTH = 1000;

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(ResourceParser.MAX_DEPTH)
                            .maxStringLength(ResourceParser.MAX_BYTES)
                            .maxNumberLength(MAX_NUMBER_LENGTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private StrictJson() {}

    /** That a text is no JSON, or too much of it; the reason says what and where. */
    static final class MalformedException extends Exception {

        private static final long serialVersionUID = 1;

        private final String reason;

        MalformedException(String reason) {
            super(reason);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    static JsonNode read(byte[] text) throws MalformedException {
        if (text.length > ResourceParser.MAX_BYTES) {
            throw new MalformedException(
                    "size: " + text.length + " bytes (expected: at most " + ResourceParser.MAX_BYTES + ")");
        }
        try {
            var characters = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
            var value = JSON.readTree(characters.toString());
            if (value.isMissingNode()) {
                throw new MalformedException("invalid JSON: the text is empty");
            }
            return value;
        } catch (CharacterCodingException e) {
            throw new MalformedException("invalid JSON: the text is not UTF-8");
        } catch (StreamConstraintsException e) {
            throw new MalformedException(
                    "invalid JSON: too deep or too long (expected: at most " + ResourceParser.MAX_DEPTH
                            + " levels, numbers of at most " + MAX_NUMBER_LENGTH + " characters, names of at most "
                            + StreamReadConstraints.DEFAULT_MAX_NAME_LEN + ")");
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw new MalformedException("invalid JSON: " + e.getOriginalMessage()
                    + (at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr()));
        }
    }
}
