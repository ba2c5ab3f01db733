package io.suimon.engine.compile;

import io.suimon.engine.http.RouteFacts;
import io.suimon.engine.plugin.FilterChain;
import io.suimon.engine.resource.Timeouts;
import io.suimon.engine.tls.ClientIdentity;
import org.jspecify.annotations.Nullable;

/**
 * One route as a request meets it: merged with its service and plugin config, its filters bound.
 *
 * @param chain the filters of route, plugin config and service, by priority
 * @param target what happens to a request the filters let through
 */
public record RouteRuntime(RouteFacts facts, FilterChain chain, Destination target, boolean enableWebsocket) {

    /** Where a request goes. */
    public sealed interface Destination {

        /**
         * To an upstream.
         *
         * @param timeouts the route's, or the upstream's where the route has none
         * @param identity what the upstream is shown in a TLS handshake; null is nothing
         */
        record Proxy(
                UpstreamTarget target,
                Timeouts timeouts,
                @Nullable ClientIdentity identity) implements Destination {}

        /**
         * Nowhere: the standard page of this status. 503 without an upstream; 502 when {@code upstream_id} names none; 404 when
         * the service is missing; 503 when the plugin config is.
         *
         * @param beforeFilters whether the route's filters are not even run: what they would be is unknown
         */
        record Unavailable(int status, boolean beforeFilters) implements Destination {}
    }
}
