package io.suimon.engine.expression;

/** An expression cannot be compiled; the text says why, in the words APISIX's clients know. */
public final class InvalidExpressionException extends Exception {

    private static final long serialVersionUID = 1L;
    private static final String PREFIX = "failed to validate the 'vars' expression: ";

    private final String text;

    /**
     * @param reason what is wrong with the expression
     */
    InvalidExpressionException(String reason) {
        super(PREFIX + reason);
        this.text = PREFIX + reason;
    }

    /** What people are told. */
    public String text() {
        return text;
    }
}
