package io.suimon.bench.load;

import java.io.Serial;

/** Says what a load was answered instead of what it should be. */
public final class FailedLoadException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public FailedLoadException(String message) {
        super(message);
    }
}
