package io.suimon.dataplane.proxy;

import io.suimon.engine.http.Exchange;
import io.suimon.engine.http.HeaderName;
import java.util.StringJoiner;

/** Tells the client what came of each try at the upstream: {@code X-APISIX-Upstream-Status: 504, 502}. */
final class UpstreamStatus {

    private static final HeaderName NAME = HeaderName.of("X-APISIX-Upstream-Status");

    private UpstreamStatus() {}

    /**
     * Adds the field where there was a try.
     *
     * @param gaveUp whether another one was due that could not be made
     */
    static void show(Exchange exchange, boolean gaveUp) {
        if (exchange.attempts().isEmpty()) {
            return;
        }
        var statuses = new StringJoiner(", ");
        for (var attempt : exchange.attempts()) {
            statuses.add(Integer.toString(attempt.status));
        }
        exchange.response().headers().set(NAME, statuses + (gaveUp ? " : " : ""));
    }
}
