package io.suimon.dataplane.proxy;

import io.suimon.engine.http.Exchange;

/** Told of every exchange that is over, behind its log filters. Called on the exchange's event loop; never blocks. */
@FunctionalInterface
public interface ExchangeLog {

    /** Keeps nothing. */
    ExchangeLog NONE = exchange -> {};

    /** The exchange is over; it is reused when this returns. */
    void finished(Exchange exchange);
}
