package io.suimon.engine.expression;

import io.suimon.engine.http.Exchange;
import org.jspecify.annotations.Nullable;

/** A variable of the configuration language, by name: {@code arg_x}, {@code http_host}, {@code uri}. Immutable. */
public interface Variable {

    /**
     * Its value for this exchange: wire text, {@link Boolean}, {@link Number} or a {@link java.util.List} of these; null when
     * absent.
     */
    @Nullable
    Object value(Exchange exchange);

    /** Its value as wire text, or null when absent. */
    default @Nullable String text(Exchange exchange) {
        var value = value(exchange);
        return value == null ? null : value.toString();
    }

    /** The variable of this name. Unknown names are variables that filters may set on the exchange. */
    static Variable of(String name) {
        throw new UnsupportedOperationException(name);
    }
}
