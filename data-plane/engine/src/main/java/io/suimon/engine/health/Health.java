package io.suimon.engine.health;

/**
 * The health of one endpoint: a state, and what was counted lately. Immutable.
 *
 * <p>Counters are of events in a row: a success ends those of failures, a failure that of successes. The counter that changed the
 * state keeps its value, so that it says why.
 */
public record Health(HealthState state, int successes, int httpFailures, int tcpFailures, int timeouts) {

    /** That of an endpoint of which nothing is known. */
    public static final Health INITIAL = new Health(HealthState.HEALTHY, 0, 0, 0, 0);

    /**
     * What an event makes of it; this very object where that is nothing.
     *
     * @param threshold how many events of this kind in a row change the state; 0 means that they do not count
     */
    Health after(HealthEvent event, int threshold) {
        if (threshold == 0) {
            return this;
        }
        return event == HealthEvent.SUCCESS ? succeeded(threshold) : failed(event, threshold);
    }

    private Health succeeded(int threshold) {
        if (state == HealthState.HEALTHY) {
            return this; // there is nothing left to prove
        }
        int count = successes + 1;
        if (count >= threshold) {
            return new Health(HealthState.HEALTHY, count, 0, 0, 0);
        }
        return new Health(state.usable() ? HealthState.MOSTLY_HEALTHY : HealthState.MOSTLY_UNHEALTHY, count, 0, 0, 0);
    }

    private Health failed(HealthEvent event, int threshold) {
        if (state == HealthState.UNHEALTHY) {
            return this;
        }
        int http = httpFailures + (event == HealthEvent.HTTP_FAILURE ? 1 : 0);
        int tcp = tcpFailures + (event == HealthEvent.TCP_FAILURE ? 1 : 0);
        int late = timeouts + (event == HealthEvent.TIMEOUT ? 1 : 0);
        int count = switch (event) {
            case HTTP_FAILURE -> http;
            case TCP_FAILURE -> tcp;
            case TIMEOUT -> late;
            case SUCCESS -> 0;
        };
        boolean stays = state.usable() && count < threshold;
        return new Health(stays ? HealthState.MOSTLY_HEALTHY : HealthState.UNHEALTHY, 0, http, tcp, late);
    }
}
