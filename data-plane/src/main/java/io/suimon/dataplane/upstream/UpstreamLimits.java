package io.suimon.dataplane.upstream;

import io.suimon.engine.resource.Upstream.KeepalivePool;
import org.jspecify.annotations.Nullable;

/**
 * Bounds of what one event loop opens towards one upstream.
 *
 * @param connections open at a time to one endpoint, idle ones included
 * @param pending requests that wait for one of these; one more is answered 503
 * @param keepalive idle connections, where the upstream does not say
 * @param http2 of a connection of HTTP/2
 * @param retries null means as many as upstreams say
 */
public record UpstreamLimits(
        int connections,
        int pending,
        KeepalivePool keepalive,
        Http2OriginLimits http2,
        @Nullable RetryAllowance retries) {}
