package io.suimon.dataplane.discovery;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;

/**
 * What all services that are followed have in common. Thread-safe.
 *
 * @param nanoTime the monotonic clock, in nanoseconds
 * @param seats of requests that wait
 * @param patience of each
 * @param change told whenever a service has other endpoints
 */
record Following(
        EndpointRules rules,
        InstantSource clock,
        LongSupplier nanoTime,
        Semaphore seats,
        Duration patience,
        DiscoveryCounts counts,
        StateLines lines,
        Runnable change) {

    WaitingRoom room() {
        return new WaitingRoom(seats, patience);
    }

    void changed() {
        counts.changes.increment();
        change.run();
    }
}
