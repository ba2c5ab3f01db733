package io.suimon.engine.plugins.keyauth;

import io.suimon.engine.consumer.AuthenticatedConsumer;
import io.suimon.engine.http.Exchange;
import io.suimon.engine.http.HeaderName;
import io.suimon.engine.plugin.ConsumerAttachment;
import io.suimon.engine.plugin.Decision;
import io.suimon.engine.plugin.Filter;
import io.suimon.engine.text.WireText;
import org.jspecify.annotations.Nullable;

/** Looks for a key, and for who has it. */
final class KeyAuthFilter implements Filter {

    private final HeaderName header;
    private final String query;
    private final boolean hideCredentials;
    private final @Nullable String anonymousConsumer;
    private final Decision.Reply missing;
    private final Decision.Reply invalid;
    private final Decision.Reply nobody = Decision.json(401, "{\"message\":\"Invalid user authorization\"}");

    KeyAuthFilter(KeyAuthConfig config) {
        var challenge = "apikey realm=\"" + config.realm() + "\"";
        this.header = HeaderName.sought(WireText.of(config.header()));
        this.query = WireText.of(config.query());
        this.hideCredentials = config.hideCredentials();
        this.anonymousConsumer = config.anonymousConsumer();
        this.missing = Decision.json(401, "{\"message\":\"Missing API key in request\"}")
                .with(HeaderName.WWW_AUTHENTICATE, challenge);
        this.invalid = Decision.json(401, "{\"message\":\"Invalid API key in request\"}")
                .with(HeaderName.WWW_AUTHENTICATE, challenge);
    }

    @Override
    public Decision onRequest(Exchange exchange) {
        var inHeader = exchange.request().headers().first(header);
        if (inHeader != null) {
            var consumer = find(exchange, inHeader);
            if (hideCredentials) {
                exchange.request().headers().remove(header);
            }
            return decide(exchange, consumer, invalid);
        }
        var argument = exchange.request().arguments().first(query);
        if (argument == null) {
            return decide(exchange, null, missing);
        }
        var consumer = argument.value() == null ? null : find(exchange, argument.value());
        if (hideCredentials) {
            HiddenArgument.hide(exchange, query);
        }
        return decide(exchange, consumer, invalid);
    }

    private static @Nullable AuthenticatedConsumer find(Exchange exchange, String key) {
        var entry = key.isEmpty() ? null : exchange.consumers().find(KeyAuthPlugin.NAME, key);
        return entry == null ? null : entry.consumer();
    }

    private Decision decide(Exchange exchange, @Nullable AuthenticatedConsumer consumer, Decision.Reply refusal) {
        if (consumer != null) {
            ConsumerAttachment.attach(exchange, consumer);
            return Decision.proceed();
        }
        if (anonymousConsumer == null) {
            return refusal;
        }
        var anonymous = exchange.consumers().named(anonymousConsumer);
        if (anonymous == null) {
            return nobody;
        }
        ConsumerAttachment.attach(exchange, anonymous);
        return Decision.proceed();
    }
}
