package io.suimon.dataplane.health;

import io.suimon.engine.health.HealthRules;
import io.suimon.engine.resource.HealthCheck;
import java.time.Duration;

/**
 * How the nodes of one upstream are probed.
 *
 * @param healthySeconds between probes of a node that is used; 0 means never
 * @param unhealthySeconds between probes of one that is not; 0 means never
 * @param timeoutNanos for a whole probe
 * @param concurrency probes of this upstream at a time
 */
record ProbePlan(
        HealthCheck.Active active,
        HealthRules rules,
        int healthySeconds,
        int unhealthySeconds,
        long timeoutNanos,
        int concurrency) {

    /** Where a timeout is zero or less, which the schema lets pass. */
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(1);

    static ProbePlan of(HealthCheck.Active active) {
        var timeout = active.timeout();
        return new ProbePlan(
                active,
                new HealthRules(active.thresholds()),
                seconds(active.healthyInterval()),
                seconds(active.unhealthyInterval()),
                (timeout.isPositive() ? timeout : USUAL_TIMEOUT).toNanos(),
                Math.max(1, active.concurrency()));
    }

    private static int seconds(Duration interval) {
        return (int) Math.min(Integer.MAX_VALUE, interval.toSeconds());
    }

    /** Whether there is anything to probe, ever. */
    boolean probes() {
        return healthySeconds > 0 || unhealthySeconds > 0;
    }
}
