package io.suimon.engine.expression;

/** An expression cannot be compiled; the text says why, in the words APISIX's clients know. */
public final class InvalidExpressionException extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param reason what is wrong with the expression */
    InvalidExpressionException(String reason) {
        super(reason);
    }

    /** What people are told of an expression of theirs, but by the few plugins that say the message alone. */
    public String text() {
        return "failed to validate the 'vars' expression: " + getMessage();
    }
}
