package io.suimon.dataplane.upstream;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.handler.ssl.SslContext;
import io.suimon.dataplane.tls.OriginPeer;
import io.suimon.engine.resource.Endpoint;
import io.suimon.engine.resource.Timeouts;
import io.suimon.engine.resource.Upstream;
import io.suimon.engine.resource.Upstream.KeepalivePool;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The connections of one event loop to one endpoint of one upstream; the one used last is used next. */
public final class EndpointPool implements OriginKeeper {

    /**
     * What a pool is good for: as long as that is what is wanted, its connections are.
     *
     * @param port never 0, but where the scheme has none
     */
    record Purpose(
            String host,
            int port,
            Upstream.Scheme scheme,
            KeepalivePool keepalive,
            Upstream.@Nullable UpstreamTls tls) {

        static Purpose of(Upstream upstream, Endpoint endpoint, KeepalivePool usual) {
            var scheme = upstream.scheme();
            var own = upstream.keepalivePool();
            return new Purpose(
                    endpoint.host(),
                    endpoint.port() == 0 ? scheme.defaultPort() : endpoint.port(),
                    scheme,
                    own == null ? usual : own,
                    upstream.tls());
        }
    }

    private record Pending(
            OriginExchange exchange,
            Timeouts timeouts,
            @Nullable OriginPeer peer,
            long deadline) {}

    private final OriginLoop loop;
    private final Purpose purpose;
    private final InetSocketAddress address;
    private final @Nullable Http2Pool http2;
    private final Deque<OriginConnection> idle = new ArrayDeque<>();
    private final Deque<Pending> pending = new ArrayDeque<>();
    private int open;
    private int turn;
    private boolean draining;

    EndpointPool(OriginLoop loop, Purpose purpose) {
        this.loop = loop;
        this.purpose = purpose;
        this.http2 = purpose.scheme().isGrpc() ? new Http2Pool(loop, purpose.keepalive()) : null;
        var literal = NameResolver.literal(purpose.host());
        this.address = literal == null
                ? InetSocketAddress.createUnresolved(purpose.host(), purpose.port())
                : new InetSocketAddress(literal, purpose.port());
    }

    Purpose purpose() {
        return purpose;
    }

    /** The endpoint's name or address, as configured. */
    public String host() {
        return purpose.host();
    }

    /** Where it is; without an address where it is a name. */
    public InetSocketAddress address() {
        return address;
    }

    /** The endpoint's port, or its scheme's. */
    public int port() {
        return purpose.port();
    }

    /** Whether there is no connection, and nobody waits for one. */
    boolean isEmpty() {
        return http2 == null ? open == 0 && pending.isEmpty() : http2.isEmpty();
    }

    /**
     * Gets the exchange a connection, at once where there is an idle one.
     *
     * @param peer whom it is for; null where it is not encrypted
     */
    public void acquire(OriginExchange exchange, Timeouts timeouts, @Nullable OriginPeer peer) {
        if (!address.isUnresolved()) {
            acquire(exchange, timeouts, peer, address);
            return;
        }
        int ticket = exchange.ticket();
        loop.names().resolve(purpose.host(), addresses -> {
            loop.timer().look();
            if (ticket != exchange.ticket()) {
                return;
            }
            if (addresses.isEmpty()) {
                exchange.failed(Failure.UNRESOLVED);
            } else {
                dropOthers(addresses);
                acquire(exchange, timeouts, peer, next(addresses));
            }
        });
    }

    private InetSocketAddress next(List<InetAddress> addresses) {
        turn = turn + 1 & Integer.MAX_VALUE;
        return new InetSocketAddress(addresses.get(turn % addresses.size()), purpose.port());
    }

    /** The name leads elsewhere now: connections to where it led before are not used again. */
    private void dropOthers(List<InetAddress> addresses) {
        if (http2 != null) {
            http2.keepOnly(addresses);
        }
        for (var connection : List.copyOf(idle)) {
            if (!addresses.contains(connection.address().getAddress())) {
                connection.close();
            }
        }
    }

    private void acquire(OriginExchange exchange, Timeouts timeouts, @Nullable OriginPeer peer, InetSocketAddress at) {
        if (http2 != null) {
            http2.acquire(exchange, timeouts, peer, at);
            return;
        }
        var connection = peer == null ? idle.pollLast() : idleFor(peer);
        if (connection != null) {
            connection.carry(exchange, timeouts);
        } else if (open < loop.limits().connections() || (peer != null && closeOldestIdle())) {
            connect(exchange, timeouts, peer, at);
        } else if (pending.size() < loop.limits().pending()) {
            long deadline = loop.timer().deadline(timeouts.connect().toNanos());
            pending.add(new Pending(exchange, timeouts, peer, deadline));
        } else {
            exchange.failed(Failure.OVERLOAD);
        }
    }

    /** Withdraws an exchange that waits for a connection of others. */
    @SuppressWarnings("ReferenceEquality") // exchanges are who they are
    public void forget(OriginExchange exchange) {
        if (http2 != null) {
            http2.forget(exchange);
        }
        pending.removeIf(one -> one.exchange == exchange);
    }

    /** Gives up what waits for a connection of others for longer than one may take to be made. */
    void expire(long now) {
        if (http2 != null) {
            http2.expire(now);
        }
        var first = pending.peek();
        while (first != null && now >= first.deadline) {
            pending.remove();
            first.exchange.failed(Failure.CONNECT_TIMEOUT);
            first = pending.peek();
        }
    }

    private @Nullable OriginConnection idleFor(OriginPeer peer) {
        for (var latest = idle.descendingIterator(); latest.hasNext(); ) {
            var connection = latest.next();
            if (peer.equals(connection.peer())) {
                latest.remove();
                return connection;
            }
        }
        return null;
    }

    /** One that is idle for another peer makes room. */
    private boolean closeOldestIdle() {
        var oldest = idle.peekFirst();
        if (oldest != null) {
            oldest.close();
        }
        return open < loop.limits().connections();
    }

    private void connect(OriginExchange exchange, Timeouts timeouts, @Nullable OriginPeer peer, InetSocketAddress at) {
        if (peer == null) {
            var connection = new OriginConnection(this, loop, at, null, false);
            var made = dial(connection, connection, exchange, timeouts);
            made.addListener(done -> connected(connection, done.isSuccess(), timeouts));
            return;
        }
        int ticket = exchange.ticket();
        loop.tls().prepare(peer.identity(), loop.executor(), context -> {
            if (ticket != exchange.ticket()) {
                return;
            }
            loop.timer().look();
            if (context == null) {
                exchange.failed(Failure.IDENTITY);
            } else {
                connectEncrypted(context, exchange, timeouts, peer, at);
            }
        });
    }

    private void connectEncrypted(
            SslContext context, OriginExchange exchange, Timeouts timeouts, OriginPeer peer, InetSocketAddress at) {
        var connection = new OriginConnection(this, loop, at, peer, false);
        var start = new EncryptedStart(loop, context, peer, connection);
        dial(connection, start, exchange, timeouts).addListener(done -> {
            if (done.isSuccess()) {
                start.handshake().addListener(shaken -> connected(connection, shaken.isSuccess(), timeouts));
            } else {
                connected(connection, false, timeouts);
            }
        });
    }

    private ChannelFuture dial(
            OriginConnection connection, ChannelHandler handler, OriginExchange exchange, Timeouts timeouts) {
        open++;
        var made = loop.bootstrap().clone().handler(handler).connect(connection.address());
        connection.begin(exchange, made.channel(), timeouts);
        return made;
    }

    private void connected(OriginConnection connection, boolean succeeded, Timeouts timeouts) {
        loop.timer().look();
        var waiting = connection.waitingForConnection();
        if (waiting == null) {
            connection.close();
        } else if (succeeded) {
            connection.carry(waiting, timeouts);
        } else {
            connection.fail(Failure.CONNECT);
        }
    }

    @Override
    public void unanswered(long nanos) {
        // It carries nobody else.
    }

    @Override
    public void giveBack(OriginConnection connection) {
        var keepalive = purpose.keepalive();
        var next = pending.peek();
        if (next != null && Objects.equals(next.peer, connection.peer())) {
            pending.remove();
            connection.carry(next.exchange, next.timeouts);
        } else if (next == null
                && !draining
                && idle.size() < keepalive.size()
                && connection.requests() < keepalive.requests()) {
            connection.rest(keepalive.idleTimeout().toNanos());
            idle.addLast(connection);
        } else {
            connection.close();
        }
    }

    @Override
    public void closed(OriginConnection connection, boolean wasIdle) {
        open--;
        if (wasIdle) {
            idle.remove(connection);
        }
        var next = pending.poll();
        if (next != null) {
            acquire(next.exchange, next.timeouts, next.peer);
        }
    }

    /** Closes what is idle now or later: the endpoint is of no more use. */
    void drain() {
        draining = true;
        if (http2 != null) {
            http2.drain();
        }
        for (var connection : List.copyOf(idle)) {
            connection.close();
        }
    }
}
