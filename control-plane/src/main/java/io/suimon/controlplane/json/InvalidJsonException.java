package io.suimon.controlplane.json;

/** Text that is not JSON. The message is for people, on one line, in the words of APISIX's parser. */
public final class InvalidJsonException extends Exception {

    private static final long serialVersionUID = 1L;

    InvalidJsonException(String message) {
        super(message, null, false, false);
    }
}
