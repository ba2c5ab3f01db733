package io.suimon.engine.expression;

import com.fasterxml.jackson.databind.JsonNode;
import io.suimon.engine.http.Exchange;

/**
 * A condition of the {@code vars} language, compiled. Immutable; evaluated on event loops, from left to right, no further than
 * needed.
 */
public final class Expression {

    private final Condition condition;
    private final String text;

    private Expression(Condition condition, String text) {
        this.condition = condition;
        this.text = text;
    }

    /**
     * Compiles an expression.
     *
     * @throws InvalidExpressionException with APISIX's text
     */
    public static Expression compile(JsonNode json) throws InvalidExpressionException {
        return new Expression(ExpressionCompiler.compile(json), json.toString());
    }

    /** Whether it holds; an error in evaluating counts as no. */
    public boolean test(Exchange exchange) {
        return condition.test(exchange);
    }

    /** Whether it speaks of the request's body, which then has to be read first. */
    public boolean readsBody() {
        return condition.readsBody();
    }

    /** As it was written, as JSON. */
    @Override
    public String toString() {
        return text;
    }
}
