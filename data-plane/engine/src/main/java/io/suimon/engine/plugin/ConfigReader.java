package io.suimon.engine.plugin;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns a configuration that its schema allows into its record. */
final class ConfigReader {

    private static final int DIGEST_BYTES = 8;
    private static final JsonSetter.Value EMPTY_FOR_ABSENT = JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY);
    private static final JsonMapper JSON = mapper();

    private ConfigReader() {}

    private static JsonMapper mapper() {
        var mapper = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
                .build();
        for (var collection : List.of(List.class, Set.class, Map.class)) {
            mapper.configOverride(collection).setSetterInfo(EMPTY_FOR_ABSENT);
        }
        return mapper;
    }

    /**
     * The record of this JSON.
     *
     * @throws IllegalArgumentException when its constructor refuses it, with the constructor's message, or a value does not fit
     */
    static <T> T read(ObjectNode json, Class<T> type) {
        try {
            return JSON.treeToValue(json, type);
        } catch (ValueInstantiationException e) {
            throw e.getCause() instanceof IllegalArgumentException refusal
                    ? refusal
                    : new IllegalArgumentException(e.getOriginalMessage(), e);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }

    /** A fingerprint that does not depend on the order of properties. */
    static String digest(ObjectNode json) {
        try {
            byte[] sorted = JSON.writeValueAsString(json).getBytes(StandardCharsets.UTF_8);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(sorted);
            return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
        } catch (JsonProcessingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("config: cannot be digested (expected: JSON, SHA-256)", e);
        }
    }
}
