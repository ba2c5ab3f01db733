package io.suimon.engine.plugin;

import io.suimon.engine.http.Exchange;

/** Takes an argument that is a secret out of the query the upstream is sent. */
public final class HiddenArgument {

    private HiddenArgument() {}

    /** Builds the query anew without the arguments of this name, which is wire text. */
    public static void hide(Exchange exchange, String name) {
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
