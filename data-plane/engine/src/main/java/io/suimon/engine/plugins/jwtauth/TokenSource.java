package io.suimon.engine.plugins.jwtauth;

import io.suimon.engine.http.Exchange;
import io.suimon.engine.http.HeaderName;
import io.suimon.engine.plugin.HiddenArgument;
import io.suimon.engine.text.WireText;
import org.jspecify.annotations.Nullable;

/** Where a binding looks for tokens: a header field, else a query argument, else a cookie. Immutable. */
final class TokenSource {

    private final HeaderName header;
    private final String query;
    private final String cookie;
    private final boolean hides;

    TokenSource(JwtAuthConfig config) {
        this.header = HeaderName.sought(WireText.of(config.header()));
        this.query = WireText.of(config.query());
        this.cookie = WireText.of(config.cookie());
        this.hides = config.hideCredentials();
    }

    /** The text at the first place that has any, which is hidden from the upstream where that is wanted; null where none has. */
    @Nullable
    String take(Exchange exchange) {
        var headers = exchange.request().headers();
        var field = headers.first(header);
        if (field != null) {
            if (hides) {
                headers.remove(header);
            }
            return field.startsWith("Bearer ") || field.startsWith("bearer ") ? field.substring(7) : field;
        }
        var argument = exchange.request().arguments().first(query);
        if (argument != null) {
            if (hides) {
                HiddenArgument.hide(exchange, query);
            }
            return argument.value() == null ? "" : argument.value();
        }
        var fields = headers.all(HeaderName.COOKIE);
        var found = CookieField.find(fields, cookie);
        if (found != null && hides) {
            var left = CookieField.without(fields, cookie);
            headers.remove(HeaderName.COOKIE);
            if (!left.isEmpty()) {
                headers.add(HeaderName.COOKIE, left);
            }
        }
        return found;
    }
}
