package io.suimon.controlplane.store;

/** The store could not be read within its deadline. The message is for people, on one line. */
public final class StoreUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
