package io.suimon.dataplane.health;

import io.suimon.engine.health.Health;
import io.suimon.engine.resource.ResourceKey;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people that a node is used no longer, or again: every change in a metric, and in the log as many as one can read.
 *
 * <p>A node that flaps has one line in {@value #QUIET_SECONDS} s, and all nodes together have {@value #MAX_LINES}; the lines left out
 * are counted in the next one.
 */
final class HealthChanges {

    private static final Logger LOG = LoggerFactory.getLogger(HealthChanges.class);

    private static final long QUIET_SECONDS = 10;
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(QUIET_SECONDS);

    static final int MAX_LINES = 100;

    private final LongSupplier nanoTime;
    private final LongAdder toHealthy = new LongAdder();
    private final LongAdder toUnhealthy = new LongAdder();
    private long windowEnd;
    private int lines;
    private long hidden;

    /** @param nanoTime the monotonic clock, in nanoseconds */
    HealthChanges(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.windowEnd = nanoTime.getAsLong() + QUIET_NANOS;
    }

    /** Changes so far, for any thread. */
    long toHealthy() {
        return toHealthy.sum();
    }

    /** Changes so far, for any thread. */
    long toUnhealthy() {
        return toUnhealthy.sum();
    }

    /** A node is used now and was not before, or the other way round. Returns whether that was logged. */
    boolean changed(ResourceKey checker, Watched node) {
        var health = node.health().now();
        boolean usable = health.state().usable();
        (usable ? toHealthy : toUnhealthy).increment();
        long now = nanoTime.getAsLong();
        if (!node.mayLog(now, QUIET_NANOS)) {
            return false;
        }
        if (now - windowEnd >= 0) {
            windowEnd = now + QUIET_NANOS;
            lines = 0;
        }
        int hiddenOfNode = node.takeHidden();
        if (++lines > MAX_LINES) {
            hidden += 1 + hiddenOfNode;
            return false;
        }
        long notShown = hidden + hiddenOfNode;
        hidden = 0;
        var shown = notShown == 0 ? "" : " (" + notShown + " changes not shown before)";
        if (usable) {
            LOG.info(
                    "{}: node {} is healthy again, after {} successes{}",
                    checker,
                    node.address(),
                    health.successes(),
                    shown);
        } else {
            LOG.warn("{}: node {} is unhealthy, after {}{}", checker, node.address(), why(health), shown);
        }
        return true;
    }

    private static String why(Health health) {
        return "http failures: %d, tcp failures: %d, timeouts: %d"
                .formatted(health.httpFailures(), health.tcpFailures(), health.timeouts());
    }
}
