package io.suimon.engine.expression;

import com.fasterxml.jackson.databind.JsonNode;
import io.suimon.engine.http.Exchange;

/** A condition of the {@code vars} language, compiled. Immutable; evaluated on event loops. */
public final class Expression {

    private Expression() {}

    /**
     * Compiles an expression.
     *
     * @throws InvalidExpressionException with APISIX's text, without the prefix
     */
    public static Expression compile(JsonNode json) throws InvalidExpressionException {
        throw new UnsupportedOperationException();
    }

    /** Whether it holds; an error in evaluating counts as no. */
    public boolean test(Exchange exchange) {
        throw new UnsupportedOperationException();
    }

    /** Whether it speaks of the request's body, which then has to be read first. */
    public boolean readsBody() {
        throw new UnsupportedOperationException();
    }
}
