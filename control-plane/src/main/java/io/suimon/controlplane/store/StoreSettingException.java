package io.suimon.controlplane.store;

/** A store cannot start as it is set. The message names the setting, its value and what was expected, on one line. */
public final class StoreSettingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StoreSettingException(String setting, Object value, String expected) {
        super(setting + ": " + value + " (expected: " + expected + ")");
    }
}
