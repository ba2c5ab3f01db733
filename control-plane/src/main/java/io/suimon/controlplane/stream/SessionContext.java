package io.suimon.controlplane.stream;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What all sessions share.
 *
 * @param executor runs what one session has to tell another
 * @param mirrorStale whether the projection may be behind the store
 * @param onOver is told of each session that ended, on the session's thread
 * @param clock monotonic, in nanoseconds
 */
record SessionContext(
        Projection projection,
        NodeRegistry registry,
        StreamCounters counters,
        Executor executor,
        BooleanSupplier mirrorStale,
        Consumer<NodeSession> onOver,
        LongSupplier clock,
        Duration helloTimeout,
        Duration heartbeat,
        Duration aheadPatience) {

    long nanoTime() {
        return clock.getAsLong();
    }

    boolean stale() {
        return mirrorStale.getAsBoolean();
    }
}
