package io.suimon.engine.expression;

import io.suimon.engine.http.Exchange;
import org.jspecify.annotations.Nullable;

/** A variable of the configuration language, by name: {@code arg_x}, {@code http_host}, {@code uri}. Immutable. */
@FunctionalInterface
public interface Variable {

    /**
     * Its value for this exchange: wire text, {@link Boolean}, {@link Number}, or a {@link java.util.List} or {@link
     * java.util.Map} of these; null when absent.
     */
    @Nullable
    Object value(Exchange exchange);

    /** Its value as wire text (a list or an object as JSON), or null when absent. */
    default @Nullable String text(Exchange exchange) {
        var value = value(exchange);
        return value == null ? null : Values.text(value);
    }

    /** Whether it is found in the request's body, which then has to be read first. */
    default boolean readsBody() {
        return false;
    }

    /** The variable of this name. Unknown names are variables that filters may set on the exchange. */
    static Variable of(String name) {
        return Variables.of(name);
    }
}
