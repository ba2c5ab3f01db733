package io.suimon.engine.plugins.proxyrewrite;

import io.suimon.engine.http.Exchange;
import org.jspecify.annotations.Nullable;

/** Puts the client's query behind a target. */
final class Queries {

    private Queries() {}

    /** The client's query, as an earlier filter left it. */
    static @Nullable String ofClient(Exchange exchange) {
        var edited = exchange.upstream().query();
        return edited == null ? exchange.request().query() : edited;
    }

    /** The target with the query behind what query it has; a question mark without one is dropped. */
    static String append(String target, @Nullable String query) {
        boolean bare = target.indexOf('?') == target.length() - 1;
        var whole = bare ? target.substring(0, target.length() - 1) : target;
        if (query == null || query.isEmpty()) {
            return whole;
        }
        return whole + (whole.indexOf('?') < 0 ? '?' : '&') + query;
    }
}
