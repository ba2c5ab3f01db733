package io.suimon.dataplane.listener;

import io.suimon.dataplane.proxy.ExchangeLog;
import io.suimon.dataplane.upstream.EndpointSource;
import io.suimon.dataplane.upstream.HealthSource;
import io.suimon.engine.compile.Runtime;
import java.util.function.Supplier;

/**
 * What every request meets, on whichever port and loop it comes. All of it is called on event loops.
 *
 * @param runtime asked once per request
 * @param log told of every exchange
 * @param health of upstreams that are checked
 * @param endpoints of upstreams that name a service
 */
public record TrafficContext(
        Supplier<Runtime> runtime, ExchangeLog log, HealthSource health, EndpointSource endpoints) {

    /** A configuration, and nobody to tell or to ask. */
    public static TrafficContext of(Supplier<Runtime> runtime) {
        return new TrafficContext(runtime, ExchangeLog.NONE, HealthSource.NONE, EndpointSource.NONE);
    }
}
