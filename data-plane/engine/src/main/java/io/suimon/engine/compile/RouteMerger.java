package io.suimon.engine.compile;

import io.suimon.engine.balance.LoadBalancer;
import io.suimon.engine.compile.RouteRuntime.Destination;
import io.suimon.engine.http.RouteFacts;
import io.suimon.engine.plugin.FilterChain;
import io.suimon.engine.resource.Certificate;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import io.suimon.engine.resource.Route;
import io.suimon.engine.resource.Service;
import io.suimon.engine.resource.Timeouts;
import io.suimon.engine.resource.Upstream;
import io.suimon.engine.tls.ClientIdentity;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Merges a route with the service, plugin config and upstream it refers to. What is missing decides what clients are answered. */
final class RouteMerger {

    private static final int NOT_FOUND = 404;
    private static final int INTERNAL_ERROR = 500;
    private static final int BAD_GATEWAY = 502;
    private static final int UNAVAILABLE = 503;

    private final Function<ResourceKey, @Nullable LiveResource> live;

    RouteMerger(Function<ResourceKey, @Nullable LiveResource> live) {
        this.live = live;
    }

    /** The hosts a route is for: its own, else its service's. */
    List<String> hosts(Route route) {
        var service = find(ResourceKind.SERVICE, route.serviceId());
        return route.hosts().isEmpty() && service != null ? service(service).hosts() : route.hosts();
    }

    RouteRuntime merge(LiveResource layer) {
        var route = (Route) layer.resource();
        var pluginConfig = find(ResourceKind.PLUGIN_CONFIG, route.pluginConfigId());
        var service = find(ResourceKind.SERVICE, route.serviceId());
        var facts = facts(route, service);
        if (route.pluginConfigId() != null && pluginConfig == null) {
            return dead(facts, UNAVAILABLE);
        }
        if (route.serviceId() != null && service == null) {
            return dead(facts, NOT_FOUND);
        }
        var chain = PluginLayers.chain(Arrays.asList(service, pluginConfig, layer));
        return new RouteRuntime(facts, chain, destination(layer, service), websocket(route, service));
    }

    private static RouteRuntime dead(RouteFacts facts, int status) {
        return new RouteRuntime(facts, FilterChain.EMPTY, new Destination.Unavailable(status, true), false);
    }

    private Destination destination(LiveResource layer, @Nullable LiveResource service) {
        var route = (Route) layer.resource();
        if (route.upstreamId() != null) {
            return byId(route.upstreamId(), route);
        }
        if (layer.target() != null) {
            return to(layer.target(), route);
        }
        var serviceUpstream = service == null ? null : service(service).upstreamId();
        if (serviceUpstream != null) {
            return byId(serviceUpstream, route);
        }
        var inherited = service == null ? null : service.target();
        return inherited == null ? new Destination.Unavailable(UNAVAILABLE, false) : to(inherited, route);
    }

    private Destination byId(String upstreamId, Route route) {
        var upstream = find(ResourceKind.UPSTREAM, upstreamId);
        var target = upstream == null ? null : upstream.target();
        return target == null ? new Destination.Unavailable(BAD_GATEWAY, false) : to(target, route);
    }

    private Destination to(UpstreamTarget target, Route route) {
        var upstream = target.upstream();
        if (upstream.endpoints().isEmpty() && upstream.discovery() == null) {
            return new Destination.Unavailable(UNAVAILABLE, false);
        }
        if (upstream.endpoints().size() > 1
                && !LoadBalancer.supports(upstream.balancing().type())) {
            return new Destination.Unavailable(INTERNAL_ERROR, false);
        }
        Timeouts own = route.timeouts();
        var timeouts = own == null ? target.timeouts() : own;
        var tls = upstream.tls();
        var identity = identity(tls);
        return tls != null && tls.clientCertificateId() != null && identity == null
                ? new Destination.Unavailable(BAD_GATEWAY, false)
                : new Destination.Proxy(target, timeouts, identity);
    }

    /** What an upstream is shown in a TLS handshake; null where that is nothing, or is not there. */
    @Nullable
    ClientIdentity identity(Upstream.@Nullable UpstreamTls tls) {
        if (tls == null) {
            return null;
        }
        var certificateId = tls.clientCertificateId();
        return certificateId == null ? inline(tls) : byId(certificateId);
    }

    private static @Nullable ClientIdentity inline(Upstream.UpstreamTls tls) {
        return tls.clientCertificate() == null || tls.clientKey() == null
                ? null
                : new ClientIdentity(List.of(new Certificate.Pair(tls.clientCertificate(), tls.clientKey())));
    }

    private @Nullable ClientIdentity byId(String certificateId) {
        var found = find(ResourceKind.SSL, certificateId);
        return found != null
                        && found.resource() instanceof Certificate certificate
                        && certificate.type() == Certificate.Type.CLIENT
                ? new ClientIdentity(certificate.pairs())
                : null;
    }

    private static boolean websocket(Route route, @Nullable LiveResource service) {
        var own = route.enableWebsocket();
        var inherited = service == null ? null : service(service).enableWebsocket();
        return own != null ? own : inherited != null && inherited;
    }

    private static RouteFacts facts(Route route, @Nullable LiveResource service) {
        return new RouteFacts(
                route.key().path(),
                route.key().id(),
                route.description().name(),
                route.serviceId(),
                service == null ? null : service(service).description().name());
    }

    private static Service service(LiveResource live) {
        return (Service) live.resource();
    }

    private @Nullable LiveResource find(ResourceKind kind, @Nullable String id) {
        return id == null ? null : live.apply(new ResourceKey(kind, id));
    }
}
