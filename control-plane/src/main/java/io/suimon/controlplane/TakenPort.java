package io.suimon.controlplane;

import java.net.BindException;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.Config;

/** Names the setting of the port that Quarkus binds, and says nothing about: that of the management. */
final class TakenPort {

    private static final String MANAGEMENT = "suimon.management.port";

    private final Supplier<Config> config;

    /** @param config asked only when a port is taken: there may be none where it was the configuration that failed */
    TakenPort(Supplier<Config> config) {
        this.config = config;
    }

    /** One line for people; empty when this is no cause of that kind. */
    Optional<String> explain(Throwable cause) {
        return switch (cause) {
            case BindException taken ->
                Optional.of(MANAGEMENT + ": " + config.get().getValue(MANAGEMENT, Integer.class)
                        + " cannot be bound (expected: a free port of this machine)");
            default -> Optional.empty();
        };
    }
}
