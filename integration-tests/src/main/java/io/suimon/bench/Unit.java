package io.suimon.bench;

import java.util.Locale;

/** What a load has so many of in a second. */
enum Unit {
    REQUEST,
    HANDSHAKE,
    MESSAGE;

    /** One of them. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
