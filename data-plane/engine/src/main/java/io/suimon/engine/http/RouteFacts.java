package io.suimon.engine.http;

import org.jspecify.annotations.Nullable;

/**
 * What an exchange is told about the route it took; made when the route is compiled.
 *
 * @param resource the store's path of the route, {@code /apisix/routes/1} without its prefix: {@code routes/1}
 * @param routeName null when it has none
 * @param serviceId null when it has none
 * @param serviceName null when it has none
 */
public record RouteFacts(
        String resource,
        String routeId,
        @Nullable String routeName,
        @Nullable String serviceId,
        @Nullable String serviceName) {}
