package io.suimon.engine.expression;

/** An expression cannot be compiled; the message says why, in the words APISIX's clients know. */
public final class InvalidExpressionException extends Exception {

    private static final long serialVersionUID = 1L;

    public InvalidExpressionException(String message) {
        super(message);
    }
}
