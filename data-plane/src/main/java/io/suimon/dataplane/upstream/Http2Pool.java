package io.suimon.dataplane.upstream;

import io.suimon.dataplane.http1.Http1Limits;
import io.suimon.dataplane.tls.OriginPeer;
import io.suimon.engine.resource.Timeouts;
import io.suimon.engine.resource.Upstream.KeepalivePool;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connections of HTTP/2 of one event loop to one endpoint of one upstream, by where they lead and for whom; and how many there
 * may be in all. Touched on that loop only.
 */
final class Http2Pool {

    /**
     * What connections must have in common to carry the same request.
     *
     * @param peer whom they are for; null where they are not encrypted
     */
    record Place(InetSocketAddress address, @Nullable OriginPeer peer) {}

    private final OriginLoop loop;
    private final KeepalivePool keepalive;
    private final Map<Place, Http2Lane> lanes = new HashMap<>();
    private final Set<Http2Origin> idle = new LinkedHashSet<>();
    private final Http1Limits requests;
    private int open;
    private boolean draining;

    Http2Pool(OriginLoop loop, KeepalivePool keepalive) {
        this.loop = loop;
        this.keepalive = keepalive;
        var http = loop.http();
        this.requests =
                new Http1Limits(2 * http.headBytes(), 2 * http.headBytes(), 2 * http.fields(), 2 * http.trailerBytes());
    }

    /** Of the heads that the gateway writes: filters and the gateway add to those it takes. */
    Http1Limits requests() {
        return requests;
    }

    OriginLoop loop() {
        return loop;
    }

    KeepalivePool keepalive() {
        return keepalive;
    }

    /** Whether there is no connection, and nobody waits for one. */
    boolean isEmpty() {
        return open == 0 && lanes.isEmpty();
    }

    /** Gets the exchange a stream, at once where there is room for one. */
    void acquire(OriginExchange exchange, Timeouts timeouts, @Nullable OriginPeer peer, InetSocketAddress at) {
        var lane = lanes.computeIfAbsent(new Place(at, peer), place -> new Http2Lane(this, place));
        lane.acquire(exchange, timeouts);
        if (lane.isEmpty()) {
            lanes.remove(lane.place(), lane); // refused: names are the clients' choice, and must not pile up
        }
    }

    /** How many more exchanges may wait, beside those that wait for a connection that is being made. */
    boolean mayWait() {
        int waiting = 0;
        for (var lane : lanes.values()) {
            waiting += lane.waitingForOthers();
        }
        return waiting < loop.limits().pending();
    }

    /** Whether there may be one more connection, if need be in place of one that nobody uses. */
    boolean hasRoom() {
        return open < loop.limits().connections() || !idle.isEmpty();
    }

    /** Makes room for one more connection, if need be in place of one that nobody uses. Returns whether there is room. */
    boolean makeRoom() {
        if (open >= loop.limits().connections() && !idle.isEmpty()) {
            idle.iterator().next().close();
        }
        return open < loop.limits().connections();
    }

    void opening() {
        open++;
    }

    /** Nobody uses this connection now. */
    void resting(Http2Origin connection) {
        if (draining) {
            connection.close();
            return;
        }
        idle.add(connection);
        if (idle.size() > keepalive.size()) {
            idle.iterator().next().close();
        }
    }

    /** Somebody does again. */
    void used(Http2Origin connection) {
        idle.remove(connection);
    }

    /** A connection is gone: what waits because there were too many may have one. */
    void closed(Http2Origin connection) {
        open--;
        idle.remove(connection);
        lanes.values().removeIf(Http2Lane::isEmpty);
        for (var lane : List.copyOf(lanes.values())) {
            lane.serve();
        }
    }

    /** Withdraws an exchange that waits. */
    void forget(OriginExchange exchange) {
        for (var lane : lanes.values()) {
            lane.forget(exchange);
        }
        lanes.values().removeIf(Http2Lane::isEmpty);
    }

    /** Gives up what waits for longer than a connection may take to be made. */
    void expire(long now) {
        for (var lane : List.copyOf(lanes.values())) {
            lane.expire(now);
        }
        lanes.values().removeIf(Http2Lane::isEmpty);
    }

    /** The endpoint is at these addresses only: connections to others are not used again. */
    void keepOnly(List<InetAddress> addresses) {
        for (var lane : List.copyOf(lanes.values())) {
            if (!addresses.contains(lane.place().address().getAddress())) {
                lane.retire();
            }
        }
    }

    /** Closes what is idle now or later. */
    void drain() {
        draining = true;
        for (var connection : new ArrayList<>(idle)) {
            connection.close();
        }
    }
}
