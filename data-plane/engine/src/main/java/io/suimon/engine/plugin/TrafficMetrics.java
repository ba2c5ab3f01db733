package io.suimon.engine.plugin;

import io.suimon.engine.http.Exchange;

/** Counts finished exchanges by route, service, consumer and status. Called on the exchange's event loop; never blocks. */
@FunctionalInterface
public interface TrafficMetrics {

    /** Counts nothing. */
    TrafficMetrics NONE = (exchange, preferName) -> {};

    /**
     * Counts one exchange.
     *
     * @param preferName label routes and services with their names rather than their ids
     */
    void record(Exchange exchange, boolean preferName);
}
