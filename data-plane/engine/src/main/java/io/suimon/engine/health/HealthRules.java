package io.suimon.engine.health;

import io.suimon.engine.resource.HealthCheck;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** What statuses mean, and how many events it takes; ready to be asked for every exchange. Immutable. */
public final class HealthRules {

    private final BitSet good = new BitSet();
    private final BitSet bad = new BitSet();
    private final HealthCheck.Thresholds thresholds;

    public HealthRules(HealthCheck.Thresholds thresholds) {
        this.thresholds = thresholds;
        thresholds.healthyStatuses().forEach(good::set);
        thresholds.unhealthyStatuses().forEach(bad::set);
    }

    /** What a status says; null where it says nothing. One that is listed as both is good. */
    public @Nullable HealthEvent of(int status) {
        if (good.get(status)) {
            return HealthEvent.SUCCESS;
        }
        return bad.get(status) ? HealthEvent.HTTP_FAILURE : null;
    }

    /** How many events of a kind, in a row, change the state; 0 means that they do not count. */
    int threshold(HealthEvent event) {
        return switch (event) {
            case SUCCESS -> thresholds.successes();
            case HTTP_FAILURE -> thresholds.httpFailures();
            case TCP_FAILURE -> thresholds.tcpFailures();
            case TIMEOUT -> thresholds.timeouts();
        };
    }
}
