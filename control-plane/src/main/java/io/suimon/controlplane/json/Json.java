package io.suimon.controlplane.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads and writes JSON trees; members stay in their order, numbers in their precision. */
public final class Json {

    /** Nesting beyond this is refused. */
    static final int MAX_DEPTH = 1000;

    /** What APISIX can hold in a number; beyond it arithmetic on exact decimals would cost memory without bound. */
    private static final int MAX_EXPONENT = 308;

    private static final char REPLACEMENT = '\ufffd';

    private static final JsonMapper MAPPER = JsonMapper.builder(com.fasterxml.jackson.core.JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private Json() {}

    /** Parses JSON text in UTF-8. */
    public static JsonNode parse(byte[] utf8) throws InvalidJsonException {
        var text = text(utf8);
        JsonNode tree;
        try {
            tree = MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new InvalidJsonException(JsonSyntax.complaintAbout(text));
        } catch (NumberFormatException e) {
            // Jackson's own exception is not thrown for an exponent that no decimal can have.
            throw hugeNumber();
        }
        if (tree.isMissingNode()) {
            throw new InvalidJsonException(JsonSyntax.complaintAbout(text));
        }
        refuseHugeNumbers(tree);
        return tree;
    }

    /** Whether bytes are well-formed UTF-8. */
    static boolean isUtf8(byte[] bytes) {
        try {
            text(bytes);
            return true;
        } catch (InvalidJsonException malformed) {
            return false;
        }
    }

    /** Plain decoding is several times as fast, but hides what is malformed behind a character that may also be meant. */
    private static String text(byte[] utf8) throws InvalidJsonException {
        var text = new String(utf8, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) < 0) {
            return text;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidJsonException("Expected text in UTF-8");
        }
    }

    /** The object a stored value holds; empty when it holds something else. */
    public static Optional<ObjectNode> object(byte[] stored) {
        try {
            return parse(stored) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (InvalidJsonException e) {
            return Optional.empty();
        }
    }

    /** The JSON text of a tree in UTF-8, on one line. */
    public static byte[] bytes(JsonNode tree) {
        try {
            return MAPPER.writeValueAsBytes(tree);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A record as a tree. */
    public static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    public static ObjectNode newObject() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static ArrayNode newArray() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** What APISIX calls the type of a value in its messages. */
    public static String typeName(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT, ARRAY, POJO -> "table";
            case STRING, BINARY -> "string";
            case NUMBER -> "number";
            case BOOLEAN -> "boolean";
            case NULL -> "userdata";
            case MISSING -> "nil";
        };
    }

    /** A string as it is, a number as its digits: how ids compare. Empty for anything else. */
    public static Optional<String> idText(JsonNode value) {
        return value.isTextual() || value.isNumber() ? Optional.of(value.asText()) : Optional.empty();
    }

    private static InvalidJsonException hugeNumber() {
        return new InvalidJsonException("Expected a number of at most " + MAX_EXPONENT + " digits");
    }

    private static void refuseHugeNumbers(JsonNode value) throws InvalidJsonException {
        if (value.isBigDecimal()) {
            var number = value.decimalValue();
            long exponent = (long) number.precision() - number.scale();
            if (Math.abs(exponent) > MAX_EXPONENT) {
                throw hugeNumber();
            }
        }
        for (var child : value) {
            refuseHugeNumbers(child);
        }
    }
}
