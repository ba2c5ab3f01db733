package io.suimon.controlplane;

import io.quarkus.runtime.QuarkusBindException;
import java.net.BindException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/** Names the setting of a port that Quarkus could not bind. */
final class TakenPort {

    private static final String ADMIN = "suimon.admin.port";
    private static final String MANAGEMENT = "suimon.management.port";

    private final Supplier<Config> config;

    /** @param config asked only when a port is taken: there may be none where it was the configuration that failed */
    TakenPort(Supplier<Config> config) {
        this.config = config;
    }

    /** One line for people; empty when this is no cause of that kind. */
    Optional<String> explain(Throwable cause) {
        return switch (cause) {
            case QuarkusBindException taken -> Optional.of(line(taken.getPort()));
            // Quarkus names the port of the main server; only the management interface fails without a name.
            case BindException taken -> Optional.of(line(config.get().getValue(MANAGEMENT, Integer.class)));
            default -> Optional.empty();
        };
    }

    private String line(int port) {
        return settingOf(port) + ": " + port + " cannot be bound (expected: a free port of this machine)";
    }

    private String settingOf(int port) {
        return Stream.of(ADMIN, MANAGEMENT)
                .filter(setting -> config.get()
                        .getOptionalValue(setting, Integer.class)
                        .filter(value -> value == port)
                        .isPresent())
                .findFirst()
                .orElse("port");
    }
}
