package io.suimon.dataplane.tls;

/** A certificate, key or setting that the library cannot work with; the message is one line for people and has no secrets. */
final class UnusableException extends Exception {

    private static final long serialVersionUID = 1;

    UnusableException(String message) {
        super(message);
    }

    UnusableException(String message, Throwable cause) {
        super(message, cause);
    }
}
