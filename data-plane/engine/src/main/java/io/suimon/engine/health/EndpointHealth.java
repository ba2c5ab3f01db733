package io.suimon.engine.health;

import java.util.concurrent.atomic.AtomicReference;

/** The health of one endpoint over time. Thread-safe and without locks; an event that changes nothing writes nothing. */
public final class EndpointHealth {

    private final AtomicReference<Health> now = new AtomicReference<>(Health.INITIAL);

    public Health now() {
        return now.get();
    }

    /** Takes an event into account. Returns whether the endpoint is used now and was not before, or the other way round. */
    public boolean report(HealthEvent event, HealthRules rules) {
        int threshold = rules.threshold(event);
        while (true) {
            var before = now.get();
            var after = before.after(event, threshold);
            if (after.equals(before)) {
                return false;
            }
            if (now.compareAndSet(before, after)) {
                return before.state().usable() != after.state().usable();
            }
        }
    }
}
