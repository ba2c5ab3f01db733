package io.suimon.engine.plugin;

import io.suimon.engine.directory.Directories;
import java.time.Clock;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What a process offers to all its plugins. Each part may be used on any thread.
 *
 * @param nanoTime monotonic time
 * @param random hard to guess: identifiers come from it
 * @param counters outlive every configuration
 * @param directories outlive every configuration, and so do connections to them
 * @param httpsPort where clients reach this gateway by TLS
 */
public record PluginServices(
        InstantSource clock,
        LongSupplier nanoTime,
        RandomGenerator random,
        WindowCounters counters,
        TrafficMetrics metrics,
        Directories directories,
        int httpsPort) {

    /** Where clients reach a gateway by TLS when nobody says otherwise. */
    public static final int DEFAULT_HTTPS_PORT = 9443;

    /** Enough to find out whether a configuration works, in a process that runs no filter. */
    public static PluginServices forAdmission() {
        var clock = Clock.systemUTC();
        return new PluginServices(
                clock,
                System::nanoTime,
                RandomGenerator.of("SecureRandom"),
                new WindowCounters(clock, System::nanoTime, 1),
                TrafficMetrics.NONE,
                Directories.NONE,
                DEFAULT_HTTPS_PORT);
    }
}
