package io.suimon.dataplane.upstream;

import io.netty.bootstrap.Bootstrap;
import io.netty.util.concurrent.EventExecutor;
import io.suimon.dataplane.http1.Http1Limits;
import io.suimon.dataplane.http1.ResponseParser;
import io.suimon.dataplane.tls.OriginTls;

/**
 * What all connections to origins of one event loop share.
 *
 * @param bootstrap makes connections on that loop; its handler is set for each
 * @param parser used within one call only
 */
public record OriginLoop(
        Bootstrap bootstrap,
        LoopTimer timer,
        Http1Limits http,
        ResponseParser parser,
        NameResolver names,
        UpstreamLimits limits,
        OriginTls tls,
        HealthSource health,
        EndpointSource endpoints) {

    /** The event loop. */
    EventExecutor executor() {
        return bootstrap.config().group().next();
    }
}
