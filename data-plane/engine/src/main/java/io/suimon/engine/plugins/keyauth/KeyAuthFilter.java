package io.suimon.engine.plugins.keyauth;

import io.suimon.engine.consumer.AuthenticatedConsumer;
import io.suimon.engine.http.Exchange;
import io.suimon.engine.http.HeaderName;
import io.suimon.engine.plugin.AuthOutcome;
import io.suimon.engine.plugin.Decision;
import io.suimon.engine.plugin.Filter;
import io.suimon.engine.plugin.HiddenArgument;
import io.suimon.engine.text.WireText;
import org.jspecify.annotations.Nullable;

/** Looks for a key, and for who has it. */
final class KeyAuthFilter implements Filter {

    private final HeaderName header;
    private final String query;
    private final boolean hideCredentials;
    private final AuthOutcome outcome;
    private final Decision.Reply missing;
    private final Decision.Reply invalid;

    KeyAuthFilter(KeyAuthConfig config) {
        this.header = HeaderName.sought(WireText.of(config.header()));
        this.query = WireText.of(config.query());
        this.hideCredentials = config.hideCredentials();
        this.outcome = new AuthOutcome("apikey", config.realm(), config.anonymousConsumer());
        this.missing = outcome.refusal("Missing API key in request");
        this.invalid = outcome.refusal("Invalid API key in request");
    }

    @Override
    public Decision onRequest(Exchange exchange) {
        var inHeader = exchange.request().headers().first(header);
        if (inHeader != null) {
            var consumer = find(exchange, inHeader);
            if (hideCredentials) {
                exchange.request().headers().remove(header);
            }
            return decide(exchange, consumer);
        }
        var argument = exchange.request().arguments().first(query);
        if (argument == null) {
            return outcome.unproved(exchange, missing);
        }
        var consumer = argument.value() == null ? null : find(exchange, argument.value());
        if (hideCredentials) {
            HiddenArgument.hide(exchange, query);
        }
        return decide(exchange, consumer);
    }

    private static @Nullable AuthenticatedConsumer find(Exchange exchange, String key) {
        var entry = key.isEmpty() ? null : exchange.consumers().find(KeyAuthPlugin.NAME, key);
        return entry == null ? null : entry.consumer();
    }

    private Decision decide(Exchange exchange, @Nullable AuthenticatedConsumer consumer) {
        return consumer == null ? outcome.unproved(exchange, invalid) : AuthOutcome.found(exchange, consumer);
    }
}
