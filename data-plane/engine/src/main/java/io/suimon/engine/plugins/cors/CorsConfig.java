package io.suimon.engine.plugins.cors;

import io.suimon.engine.plugin.FieldText;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which origins may do what. {@code *} is anything, {@code **} anything even with credentials; several are divided by commas.
 *
 * @param allowOriginsByRegex replace {@code allowOrigins} when there are any
 * @param allowOriginsByMetadata keys of the metadata's {@code allow_origins}
 * @param exposeHeaders null for no such field
 * @param maxAge seconds for which a preflight's answer may be kept
 * @param timingAllowOrigins who may see resource timing; null for no such field unless an expression allows it
 */
public record CorsConfig(
        String allowOrigins,
        String allowMethods,
        String allowHeaders,
        @Nullable String exposeHeaders,
        boolean allowCredential,
        long maxAge,
        List<String> allowOriginsByRegex,
        List<String> allowOriginsByMetadata,
        @Nullable String timingAllowOrigins,
        List<String> timingAllowOriginsByRegex) {

    static final String ANY = "*";
    static final String FORCED = "**";

    public CorsConfig {
        allowOriginsByRegex = List.copyOf(allowOriginsByRegex);
        allowOriginsByMetadata = List.copyOf(allowOriginsByMetadata);
        timingAllowOriginsByRegex = List.copyOf(timingAllowOriginsByRegex);
        if (allowCredential
                && Stream.of(allowOrigins, allowMethods, allowHeaders, exposeHeaders, timingAllowOrigins)
                        .anyMatch(ANY::equals)) {
            throw new IllegalArgumentException("you can not set '*' for other option when 'allow_credential' is true");
        }
        requireOneLine("allow_methods", allowMethods);
        requireOneLine("allow_headers", allowHeaders);
        requireOneLine("expose_headers", exposeHeaders);
    }

    private static void requireOneLine(String name, @Nullable String value) {
        if (value != null && !FieldText.isValue(value)) {
            throw new IllegalArgumentException(name + ": line break or NUL (expected: one line)");
        }
    }
}
