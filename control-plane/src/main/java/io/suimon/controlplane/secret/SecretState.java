package io.suimon.controlplane.secret;

import java.util.Locale;

/** How a reference stands. */
public enum SecretState {
    /** It was asked for, and there is no answer yet. */
    PENDING,
    /** Its value is in use, and was read when it last should have been. */
    RESOLVED,
    /** Its last value is in use: it could not be read again. */
    STALE,
    /** It has no value: nodes get it as it is written, unless they have a value from before. */
    FAILED;

    /** As people read it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
