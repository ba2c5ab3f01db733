package io.suimon.engine.plugins.keyauth;

import io.suimon.engine.http.Exchange;
import io.suimon.engine.plugin.TargetText;

/** Takes an argument out of the query the upstream is sent. */
final class HiddenArgument {

    private HiddenArgument() {}

    static void hide(Exchange exchange, String name) {
        var request = exchange.request();
        var query = new StringBuilder();
        for (var argument : request.arguments().all()) {
            if (argument.name().equals(name)) {
                continue;
            }
            if (!query.isEmpty()) {
                query.append('&');
            }
            query.append(TargetText.escapeComponent(argument.name()));
            var value = argument.value();
            if (value != null) {
                query.append('=').append(TargetText.escapeComponent(value));
            }
        }
        var path = TargetText.pathOf(request.target());
        exchange.upstream().query(query.toString());
        exchange.upstream().target(query.isEmpty() ? path : path + "?" + query);
    }
}
