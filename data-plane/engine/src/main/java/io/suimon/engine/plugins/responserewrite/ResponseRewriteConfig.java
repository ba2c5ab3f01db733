package io.suimon.engine.plugins.responserewrite;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.suimon.engine.expression.Expression;
import io.suimon.engine.expression.InvalidExpressionException;
import io.suimon.engine.regex.BoundedRegex;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the client is answered instead.
 *
 * @param statusCode null for what it is
 * @param body the whole body; null for what it is
 * @param bodyBase64 whether {@code body} is written in Base64
 * @param filters edits of the body, in order; excludes {@code body}
 * @param vars when it applies; null for always
 * @param maxRespBodySize bytes of a body that is edited; what follows is cut off
 */
public record ResponseRewriteConfig(
        @Nullable Integer statusCode,
        @Nullable String body,
        boolean bodyBase64,
        List<BodyFilter> filters,
        @Nullable ResponseHeaders headers,
        @Nullable Condition vars,
        long maxRespBodySize) {

    /** A body has to fit into one array, with room for what replaces parts of it. */
    private static final long LARGEST_BODY = 1L << 30;

    /**
     * An edit of the body.
     *
     * @param options letters as {@link BoundedRegex} knows them
     */
    public record BodyFilter(String regex, String replace, String options, Scope scope) {

        /** How many matches are replaced. */
        public enum Scope {
            @JsonProperty("once")
            ONCE,
            @JsonProperty("global")
            GLOBAL
        }

        public BodyFilter {
            try {
                BoundedRegex.requireKnown(options);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("regex \"" + regex + "\" validation failed: " + e.getMessage(), e);
            }
        }
    }

    /** A condition of the {@code vars} language. */
    public record Condition(Expression expression) {

        @JsonCreator
        static Condition of(JsonNode json) {
            try {
                return new Condition(Expression.compile(json));
            } catch (InvalidExpressionException e) {
                throw new IllegalArgumentException(e.text(), e);
            }
        }
    }

    public ResponseRewriteConfig {
        filters = List.copyOf(filters);
        if (bodyBase64 && (body == null || body.isEmpty() || decoded(body) == null)) {
            throw new IllegalArgumentException("invalid base64 content");
        }
        if (maxRespBodySize > LARGEST_BODY) {
            throw new IllegalArgumentException(
                    "max_resp_body_size: " + maxRespBodySize + " (expected: 1.." + LARGEST_BODY + ")");
        }
    }

    static byte @Nullable [] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }
}
