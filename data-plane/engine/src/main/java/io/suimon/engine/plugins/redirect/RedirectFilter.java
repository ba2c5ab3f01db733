package io.suimon.engine.plugins.redirect;

import io.suimon.engine.http.Exchange;
import io.suimon.engine.http.HeaderName;
import io.suimon.engine.plugin.Decision;
import io.suimon.engine.plugin.Filter;
import io.suimon.engine.plugin.TargetText;

/** Sends clients to a destination. */
final class RedirectFilter implements Filter {

    private static final Decision FAILED = Decision.json(500, "{\"error_msg\":\"failed to substitute the uri\"}");

    private final Destination destination;
    private final Decision.Reply reply;
    private final boolean encode;
    private final boolean appendQuery;

    RedirectFilter(Destination destination, RedirectConfig config) {
        this.destination = destination;
        this.reply = Decision.reply(config.retCode());
        this.encode = config.encodeUri();
        this.appendQuery = config.appendQueryString();
    }

    @Override
    public boolean readsBody() {
        return destination.readsBody();
    }

    @Override
    public Decision onRequest(Exchange exchange) {
        return switch (destination.of(exchange)) {
            case Destination.Found.Location(var text) -> reply.with(HeaderName.LOCATION, location(exchange, text));
            case Destination.Found.Stay() -> Decision.proceed();
            case Destination.Found.Failed() -> FAILED;
        };
    }

    private String location(Exchange exchange, String text) {
        var location = encode ? TargetText.escapePath(text) : text;
        var query = exchange.request().query();
        if (appendQuery && query != null && !query.isEmpty()) {
            location += (location.indexOf('?') < 0 ? "?" : "&") + query;
        }
        return TargetText.escapeControls(location);
    }
}
