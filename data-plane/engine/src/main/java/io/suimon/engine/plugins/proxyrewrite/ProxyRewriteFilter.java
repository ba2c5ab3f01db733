package io.suimon.engine.plugins.proxyrewrite;

import io.suimon.engine.http.Exchange;
import io.suimon.engine.plugin.Decision;
import io.suimon.engine.plugin.Filter;
import io.suimon.engine.plugin.HeaderEdits;
import io.suimon.engine.plugin.JsonText;
import io.suimon.engine.text.WireText;
import org.jspecify.annotations.Nullable;

/** Edits what goes to the upstream. */
record ProxyRewriteFilter(
        TargetRewrite targets,
        @Nullable HeaderEdits headers,
        @Nullable String method,
        @Nullable String host) implements Filter {

    @Override
    public boolean readsBody() {
        return targets.readsBody() || (headers != null && headers.readsBody());
    }

    @Override
    public Decision onRequest(Exchange exchange) {
        var rewritten = targets.of(exchange);
        if (rewritten.failure() != null) {
            return Decision.json(500, JsonText.object("error_msg", WireText.toUnicode(rewritten.failure())));
        }
        if (headers != null) {
            headers.apply(
                    exchange,
                    exchange.request().headers(),
                    rewritten.captures()); // first: templates see the client's request
        }
        var upstream = exchange.upstream();
        if (rewritten.target() != null) {
            upstream.target(rewritten.target());
        }
        if (method != null) {
            upstream.method(method);
        }
        if (host != null) {
            upstream.host(host);
        }
        return Decision.proceed();
    }
}
