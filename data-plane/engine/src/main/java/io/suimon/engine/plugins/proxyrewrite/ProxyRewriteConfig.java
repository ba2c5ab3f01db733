package io.suimon.engine.plugins.proxyrewrite;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the upstream is asked instead.
 *
 * @param uri a template for path and query; null for none
 * @param regexUri regular expressions for the path, each with what its match is replaced by; {@code uri} wins
 * @param method null for the client's
 * @param host with or without a port; null for what the upstream says
 * @param useRealRequestUriUnsafe what the client sent goes out byte for byte
 */
public record ProxyRewriteConfig(
        @Nullable String uri,
        List<String> regexUri,
        @Nullable String method,
        @Nullable String host,
        @Nullable RequestHeaders headers,
        boolean useRealRequestUriUnsafe) {

    public ProxyRewriteConfig {
        regexUri = List.copyOf(regexUri);
        if (regexUri.size() % 2 != 0) {
            throw new IllegalArgumentException("The length of regex_uri should be an even number");
        }
    }
}
