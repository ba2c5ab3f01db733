package io.suimon.dataplane.proxy;

import io.suimon.dataplane.http1.RequestParser;
import io.suimon.dataplane.upstream.Discovered;
import io.suimon.dataplane.upstream.EndpointSource;
import io.suimon.dataplane.upstream.LoopUpstream;
import io.suimon.engine.compile.RouteRuntime.Destination;
import io.suimon.engine.compile.UpstreamTarget;
import io.suimon.engine.http.Exchange;
import io.suimon.engine.plugin.Decision;
import org.jspecify.annotations.Nullable;

/** Sends a request off to its upstream: finds out who the endpoints are, and refuses where none can be asked. */
final class Departure {

    private static final int UNAVAILABLE = 503;
    private static final int INTERNAL_ERROR = 500;

    private final TrafficLoop loop;
    private final Exchange exchange;
    private final RequestParser parser;
    private final ProxyExchange proxy;
    private final Forwarding forwarding;
    private EndpointSource.@Nullable Seat seat;

    Departure(TrafficLoop loop, Exchange exchange, RequestParser parser, ProxyExchange proxy, Forwarding forwarding) {
        this.loop = loop;
        this.exchange = exchange;
        this.parser = parser;
        this.proxy = proxy;
        this.forwarding = forwarding;
    }

    /** Begins. */
    void begin(Destination.Proxy to, boolean websocket) {
        if (to.target().upstream().discovery() == null) {
            leave(to, to.target(), websocket);
            return;
        }
        var found = find(to);
        if (found instanceof Discovered.NotYet) {
            await(to, websocket);
        } else {
            goOn(to, found, websocket);
        }
    }

    private Discovered find(Destination.Proxy to) {
        return loop.endpoints().of(to.target(), loop.timer().now());
    }

    private void await(Destination.Proxy to, boolean websocket) {
        seat = loop.endpoints().await(to.target(), loop.eventLoop(), () -> {
            seat = null;
            loop.timer().look();
            goOn(to, find(to), websocket);
        });
        if (seat == null) {
            refuse(to.target(), "too many requests wait for registries");
        }
    }

    /** Nobody wants the answer any more, or another one was given. */
    void withdraw() {
        var left = seat;
        seat = null;
        if (left != null) {
            left.leave();
        }
        forwarding.withdraw();
    }

    private void goOn(Destination.Proxy to, Discovered found, boolean websocket) {
        switch (found) {
            case Discovered.Found(var target) -> leave(to, target, websocket);
            case Discovered.Nothing(var reason) -> refuse(to.target(), reason);
            case Discovered.NotYet late -> refuse(to.target(), "no valid upstream node: the registry has not answered");
        }
    }

    private void refuse(UpstreamTarget target, String reason) {
        loop.quietLog()
                .refused(target.upstream().key() + ": " + reason, loop.timer().now());
        proxy.reply(Decision.reply(UNAVAILABLE));
    }

    private void leave(Destination.Proxy to, UpstreamTarget target, boolean websocket) {
        var known = loop.upstreams().of(target);
        int refusal = refusal(known);
        if (refusal != 0) {
            proxy.reply(Decision.reply(refusal));
            return;
        }
        boolean upgrade = websocket
                && !target.upstream().scheme().isGrpc()
                && proxy.body().complete()
                && Upgrades.isAskedFor(exchange.request(), parser.fields());
        forwarding.start(known, to, upgrade);
    }

    /** The status to answer with where an upstream cannot be asked; 0 where it can. */
    private int refusal(LoopUpstream to) {
        var upstream = to.target().upstream();
        if (!upstream.scheme().isForwardedTo()) {
            var what = upstream.key() + " has scheme " + upstream.scheme() + " (expected: HTTP, HTTPS, GRPC or GRPCS)";
            loop.quietLog().refused(what, loop.timer().now());
            return UNAVAILABLE;
        }
        if (!to.hasEndpoints()) {
            return UNAVAILABLE;
        }
        return to.canPick() ? 0 : INTERNAL_ERROR;
    }
}
