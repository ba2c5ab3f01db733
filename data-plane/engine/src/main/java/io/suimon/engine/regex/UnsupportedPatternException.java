package io.suimon.engine.regex;

/** That PCRE takes a pattern and this gateway does not; the reason says what of it. */
public final class UnsupportedPatternException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    UnsupportedPatternException(String reason) {
        super(reason);
        this.reason = reason;
    }

    /** The message, which is always there. */
    public String reason() {
        return reason;
    }
}
