package io.suimon.engine.plugins.redirect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where clients are sent: exactly one of the first three says it.
 *
 * @param httpToHttps to the same place by TLS; null when not said, and false does nothing
 * @param uri a template
 * @param regexUri a regular expression for the path, and what its match is replaced by; empty when not said
 * @param retCode the status
 * @param encodeUri whether the result is percent-encoded
 * @param appendQueryString whether the client's query goes along
 */
public record RedirectConfig(
        @Nullable Boolean httpToHttps,
        @Nullable String uri,
        List<String> regexUri,
        int retCode,
        boolean encodeUri,
        boolean appendQueryString) {

    private static final int LAST_STATUS = 999;

    public RedirectConfig {
        regexUri = List.copyOf(regexUri);
        if (Boolean.TRUE.equals(httpToHttps) && appendQueryString) {
            throw new IllegalArgumentException(
                    "only one of `http_to_https` and `append_query_string` can be configured.");
        }
        if (retCode > LAST_STATUS) {
            throw new IllegalArgumentException("ret_code: " + retCode + " (expected: 200.." + LAST_STATUS + ")");
        }
    }
}
