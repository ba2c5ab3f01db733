package io.suimon.engine.resource;

import java.time.Duration;

/** How long to wait for an endpoint: for the connection, for each write, for each read. Each above zero. */
public record Timeouts(Duration connect, Duration send, Duration read) {

    /** What applies when nobody says anything: 60 s each. */
    public static final Timeouts DEFAULT =
            new Timeouts(Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(60));
}
