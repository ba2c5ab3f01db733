package io.suimon.engine.plugins.jwtauth;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.suimon.engine.text.Base64Text;
import io.suimon.engine.text.WireText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A token as it was sent: nothing about it is known to be true. Read strictly: three parts in Base64 for URLs, the first two JSON
 * objects in UTF-8 without repeated names.
 *
 * @param algorithm what its header says; null when it is no text
 * @param critical whether its header demands something of who reads it (RFC 7515, 4.1.11)
 * @param payload the claims as they were sent, in wire text
 * @param signed what the signature is about
 */
record Token(
        @Nullable String algorithm, boolean critical, Claims claims, String payload, byte[] signed, byte[] signature) {

    /** A longer one counts as malformed. */
    static final int MAX_LENGTH = 64 * 1024;

    private static final int MAX_DEPTH = 64;
    private static final int MAX_DIGITS = 64;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_DIGITS)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Reads wire text; null when it is no token. */
    static @Nullable Token parse(String text) {
        int first = text.indexOf('.');
        int second = text.indexOf('.', first + 1);
        if (first < 0 || second < 0 || text.length() > MAX_LENGTH) {
            return null;
        }
        byte[] header = Base64Text.decodeUrl(text.substring(0, first));
        byte[] payload = Base64Text.decodeUrl(text.substring(first + 1, second));
        byte[] signature = Base64Text.decodeUrl(text.substring(second + 1));
        if (header == null || payload == null || signature == null) {
            return null;
        }
        var says = object(header);
        var claims = object(payload);
        if (says == null || claims == null) {
            return null;
        }
        return new Token(
                says.path("alg").textValue(),
                says.has("crit"),
                new Claims(claims),
                WireText.of(payload, 0, payload.length),
                WireText.bytes(text.substring(0, second)),
                signature);
    }

    private static @Nullable JsonNode object(byte[] bytes) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            var json = JSON.readTree(text);
            return json.isObject() ? json : null;
        } catch (CharacterCodingException | JsonProcessingException e) {
            return null;
        }
    }

    /** A token is as good as the secret it was made with. */
    @Override
    public String toString() {
        return "Token[algorithm=" + algorithm + "]";
    }
}
