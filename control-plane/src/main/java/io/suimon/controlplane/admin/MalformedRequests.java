package io.suimon.controlplane.admin;

import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpServerRequest;

/** Answers what is no HTTP with a page, as nginx does, and closes the connection. Called on event loops. */
final class MalformedRequests {

    private MalformedRequests() {}

    static void answer(HttpServerRequest request) {
        int status = switch (request.decoderResult().cause()) {
            case TooLongHttpLineException tooLong -> 414;
            case SpokenVersions.NotSpokenException notSpoken -> 505;
            default -> 400;
        };
        request.response()
                .setStatusCode(status)
                .putHeader("Server", "openresty")
                .putHeader("Content-Type", "text/html; charset=utf-8")
                .putHeader("Connection", "close")
                .end(ErrorPages.of(status))
                .onComplete(sent -> request.connection().close());
    }
}
