package io.suimon.engine.plugins.redirect;

import io.suimon.engine.expression.Variable;
import io.suimon.engine.http.Exchange;
import io.suimon.engine.http.HeaderName;
import io.suimon.engine.plugin.Decision;
import io.suimon.engine.plugin.Filter;
import io.suimon.engine.plugin.TargetText;

/** Sends clients without TLS to the same place with it. */
final class ToHttpsFilter implements Filter {

    private static final int USUAL_PORT = 443;
    private static final Variable REQUEST_URI = Variable.of("request_uri");
    private static final Variable HOST = Variable.of("host");

    /** Browsers may turn what was posted into a GET: the second is for methods that must not change. */
    private static final Decision.Reply MOVED = Decision.reply(301);

    private static final Decision.Reply MOVED_SAME_METHOD = Decision.reply(308);

    private final String port;

    ToHttpsFilter(int port) {
        this.port = port == USUAL_PORT ? "" : ":" + port;
    }

    @Override
    public Decision onRequest(Exchange exchange) {
        if (exchange.connection().tls()) {
            return Decision.proceed();
        }
        var method = exchange.request().method();
        var reply = method.equals("GET") || method.equals("HEAD") ? MOVED : MOVED_SAME_METHOD;
        var location = "https://" + HOST.text(exchange) + port + REQUEST_URI.text(exchange);
        return reply.with(HeaderName.LOCATION, TargetText.escapeControls(location));
    }
}
