package io.suimon.dataplane.discovery.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/** Reads JSON of registries strictly: UTF-8, one value and nothing after it, not deep, no endless numbers. Thread-safe. */
public final class AnswerJson {

    private static final int MAX_DEPTH = 32;
    private static final int MAX_STRING = 1 << 20;
    private static final int MAX_NUMBER = 100;
    private static final String EXPECTED = "JSON of at most " + MAX_DEPTH + " levels";

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(MAX_STRING)
                            .maxNumberLength(MAX_NUMBER)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** Reads values that others follow. */
    private static final ObjectMapper PARTS = JSON.copy().disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private AnswerJson() {}

    /** Reads from a parser what one answer means. */
    public interface Reading<T> {

        /** Leaves nothing of the value unread. */
        T from(JsonParser parser) throws IOException;
    }

    /** The body of an answer. @throws IOException when it is no JSON; says neither where nor what it is instead */
    public static JsonNode of(HttpAnswer answer) throws IOException {
        try {
            var value = read(answer.body());
            if (!value.isMissingNode()) {
                return value;
            }
            throw answer.failure("the answer is empty", EXPECTED);
        } catch (JsonProcessingException | CharacterCodingException e) {
            throw answer.failure("the answer is no JSON", EXPECTED);
        }
    }

    /** A text that was in an answer. @throws IOException when it is no JSON */
    public static JsonNode read(byte[] text) throws IOException {
        return JSON.readTree(StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(text))
                .toString());
    }

    /** Reads the body of a large answer part by part. @throws IOException when it is no JSON, or not what the reading expects */
    public static <T> T walk(HttpAnswer answer, Reading<T> reading) throws IOException {
        try (var parser = PARTS.createParser(answer.body())) {
            var result = reading.from(parser);
            if (parser.nextToken() != null) {
                throw answer.failure("more than one value", EXPECTED);
            }
            return result;
        } catch (JsonProcessingException | CharacterCodingException e) {
            throw answer.failure("the answer is no JSON", EXPECTED);
        }
    }

    /** A whole number within bounds, written as a number or as text; empty for anything else. */
    public static OptionalInt whole(JsonNode value, int least, int most) {
        if (value.isIntegralNumber() && value.canConvertToInt()) {
            return within(value.intValue(), least, most);
        }
        if (value.isTextual() && value.textValue().matches("[0-9]{1,9}")) {
            return within(Integer.parseInt(value.textValue()), least, most);
        }
        return OptionalInt.empty();
    }

    private static OptionalInt within(int value, int least, int most) {
        return value >= least && value <= most ? OptionalInt.of(value) : OptionalInt.empty();
    }
}
