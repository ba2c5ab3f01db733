package io.suimon.controlplane.admin;

import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * What a request says of itself besides its path, as far as anybody asks.
 *
 * @param contentType of its body; empty text when it does not say
 * @param accept what it wants its answer to be; empty text when it does not say
 * @param digest what its author calls the document it brings; null when it does not say
 */
record RequestHeaders(
        String contentType, String accept, @Nullable String digest) {

    private static final String YAML = "application/yaml";

    static RequestHeaders of(HttpServerRequest request) {
        return new RequestHeaders(
                text(request, "Content-Type"), text(request, "Accept"), request.getHeader("X-Digest"));
    }

    private static String text(HttpServerRequest request, String name) {
        var value = request.getHeader(name);
        return value == null ? "" : value;
    }

    boolean bringsYaml() {
        return contentType.startsWith(YAML);
    }

    boolean wantsYaml() {
        return accept.startsWith(YAML);
    }
}
