package io.suimon.engine.balance;

import io.suimon.engine.expression.Template;
import io.suimon.engine.expression.Variable;
import io.suimon.engine.http.Exchange;
import io.suimon.engine.resource.Upstream.Balancing;
import io.suimon.engine.text.WireText;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a consistent hash is taken of. */
@FunctionalInterface
interface HashKey {

    /** The value for this exchange as wire text, or null when it has none. */
    @Nullable
    String of(Exchange exchange);

    static HashKey of(Balancing balancing) {
        var key = balancing.key();
        if (balancing.hashOn() == Balancing.HashOn.CONSUMER) {
            return HashKey::consumer;
        }
        if (key == null) {
            return exchange -> null;
        }
        return switch (balancing.hashOn()) {
            case VARS -> Variable.of(key)::text;
            case HEADER -> Variable.of("http_" + key.toLowerCase(Locale.ROOT).replace('-', '_'))::text;
            case COOKIE -> Variable.of("cookie_" + key)::text;
            case CONSUMER -> HashKey::consumer;
            case VARS_COMBINATIONS -> combination(Template.parse(key));
        };
    }

    private static @Nullable String consumer(Exchange exchange) {
        var consumer = exchange.consumer();
        return consumer == null ? null : WireText.of(consumer.username());
    }

    private static HashKey combination(Template template) {
        return exchange -> {
            var rendered = template.rendered(exchange);
            return rendered.resolved() == 0 ? null : rendered.text();
        };
    }
}
