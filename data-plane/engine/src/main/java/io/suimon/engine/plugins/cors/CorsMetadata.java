package io.suimon.engine.plugins.cors;

import java.util.Map;

/**
 * Origins that several configurations refer to.
 *
 * @param allowOrigins by key, written as in a configuration
 */
public record CorsMetadata(Map<String, String> allowOrigins) {

    public CorsMetadata {
        allowOrigins = Map.copyOf(allowOrigins);
    }
}
