package io.suimon.engine.plugin;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a plugin works on: requests, or connections. */
public enum Subsystem {
    HTTP,
    STREAM;

    /** The subsystem of that name; empty when there is none. */
    public static Optional<Subsystem> of(String word) {
        return Arrays.stream(values())
                .filter(subsystem -> subsystem.word().equals(word))
                .findFirst();
    }

    /** As people write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
