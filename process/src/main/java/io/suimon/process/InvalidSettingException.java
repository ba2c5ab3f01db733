package io.suimon.process;

/** A setting the process cannot start with. The message is one line for people: the setting, its value, what was expected. */
public final class InvalidSettingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param value as set; must not be a secret */
    public InvalidSettingException(String setting, Object value, String expected) {
        super(setting + ": " + value + " (expected: " + expected + ")");
    }
}
