package io.suimon.controlplane.admin;

import io.vertx.core.http.HttpServerResponse;

/**
 * What browsers are told about pages of other origins.
 *
 * @param enabled whether such pages may use the Admin API
 */
record Cors(boolean enabled) {

    /** Marks an answer. */
    void mark(HttpServerResponse response) {
        if (enabled) {
            allow(response).putHeader("Access-Control-Expose-Headers", "*");
        }
    }

    /** Marks the answer to the question a browser asks before it sends the request itself. */
    static void preflight(HttpServerResponse response) {
        allow(response)
                .putHeader("Access-Control-Allow-Methods", "POST, GET, PUT, OPTIONS, DELETE, PATCH")
                .putHeader("Access-Control-Allow-Headers", "*")
                .putHeader("Content-Type", "text/plain; charset=utf-8")
                .putHeader("Content-Length", "0");
    }

    private static HttpServerResponse allow(HttpServerResponse response) {
        return response.putHeader("Access-Control-Allow-Origin", "*")
                .putHeader("Access-Control-Allow-Credentials", "true")
                .putHeader("Access-Control-Max-Age", "3600");
    }
}
