package io.suimon.dataplane.listener;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.suimon.dataplane.http1.ResponseParser;
import io.suimon.dataplane.proxy.DownstreamConnection;
import io.suimon.dataplane.proxy.ExchangeLog;
import io.suimon.dataplane.proxy.Refusal;
import io.suimon.dataplane.proxy.TrafficCounts;
import io.suimon.dataplane.proxy.TrafficLoop;
import io.suimon.dataplane.upstream.LoopTimer;
import io.suimon.dataplane.upstream.NameResolver;
import io.suimon.dataplane.upstream.OriginLoop;
import io.suimon.engine.compile.Runtime;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The port that carries traffic: one event loop per core, each with a listening socket, connections to origins, and counts of its
 * own.
 *
 * <p>{@link #start}, {@link #drain} and {@link #close} are called by one thread, which they may block; everything else by any.
 */
public final class TrafficListener implements AutoCloseable {

    private final TrafficConfig config;
    private final Supplier<Runtime> runtime;
    private final ExchangeLog log;
    private final Transport transport;
    private final EventLoopGroup group;
    private final Map<EventLoop, TrafficLoop> loops = new LinkedHashMap<>();
    private final List<NameResolver> resolvers = new ArrayList<>();
    private final List<Channel> sockets = new ArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final ConnectionLimits limits;
    private final Semaphore drained = new Semaphore(0);
    private int port;
    private int proxyPort;

    /**
     * @param runtime asked once per request, by every event loop
     * @param log told of every exchange
     */
    public TrafficListener(TrafficConfig config, Supplier<Runtime> runtime, ExchangeLog log) {
        this.config = config;
        this.runtime = runtime;
        this.log = log;
        this.limits = new ConnectionLimits(config.maxConnectionsPerAddress());
        this.transport = Transport.of(config.nativeTransport());
        this.group = transport.group(
                config.eventLoops().orElse(java.lang.Runtime.getRuntime().availableProcessors()));
    }

    /**
     * Begins to accept.
     *
     * @throws IOException when the address cannot be listened on; the message names it
     */
    public void start() throws IOException {
        var proxy = TrafficSettings.proxy(config);
        var limits = TrafficSettings.upstream(config);
        for (var executor : group) {
            var loop = (EventLoop) executor;
            var names = new NameResolver(loop, transport.datagrams());
            resolvers.add(names);
            var origins = new OriginLoop(
                    transport.connecting(loop),
                    new LoopTimer(System::nanoTime),
                    proxy.http(),
                    new ResponseParser(proxy.http()),
                    names,
                    limits);
            var traffic = new TrafficLoop(loop, proxy, runtime, log, origins);
            loops.put(loop, traffic);
            traffic.start();
        }
        port = bind(config.port(), this::begin);
        if (config.proxyProtocol().port().isPresent()) {
            proxyPort = bind(config.proxyProtocol().port().getAsInt(), this::awaitProxyHeader);
        }
    }

    private int bind(int wanted, Arrival arrival) throws IOException {
        int port = wanted;
        if (port != 0 && transport.sharesPorts()) {
            refuseTakenPort(port);
        }
        for (var loop : loops.keySet()) {
            var children = transport.sharesPorts() ? loop : group;
            var address = new InetSocketAddress(config.host(), port);
            var bound = transport
                    .listening(loop, children, config.backlog())
                    .childHandler(new Accepting(arrival))
                    .bind(address)
                    .awaitUninterruptibly();
            if (!bound.isSuccess()) {
                close();
                throw cannotListen(port, bound.cause());
            }
            sockets.add(bound.channel());
            port = ((InetSocketAddress) bound.channel().localAddress()).getPort();
            if (!transport.sharesPorts()) {
                break;
            }
        }
        return port;
    }

    /** What is done with a connection that was accepted; on its event loop. */
    @FunctionalInterface
    private interface Arrival {
        void begin(TrafficLoop loop, Channel channel, InetSocketAddress client);
    }

    @Sharable
    private final class Accepting extends ChannelInitializer<Channel> {

        private final Arrival arrival;

        Accepting(Arrival arrival) {
            this.arrival = arrival;
        }

        @Override
        protected void initChannel(Channel channel) {
            boolean room = connections.incrementAndGet() <= config.maxConnections();
            channel.closeFuture().addListener(closed -> left());
            var loop = loops.get(channel.eventLoop());
            if (loop == null || !room) {
                refuse(channel, Refusal.CONNECTIONS);
            } else {
                arrival.begin(loop, channel, (InetSocketAddress) channel.remoteAddress());
            }
        }
    }

    private void begin(TrafficLoop loop, Channel channel, InetSocketAddress client) {
        var address = client.getAddress();
        var refusal = limits.enter(address);
        if (refusal != null) {
            refuse(channel, refusal);
            return;
        }
        channel.closeFuture().addListener(closed -> limits.leave(address));
        channel.pipeline().addLast(new DownstreamConnection(loop, channel, client));
    }

    private void awaitProxyHeader(TrafficLoop loop, Channel channel, InetSocketAddress peer) {
        var outcome = new ProxyHeaderHandler.Outcome() {
            @Override
            public void found(InetSocketAddress client) {
                begin(loop, channel, client);
            }

            @Override
            public void missing() {
                if (channel.isOpen()) {
                    refuse(channel, Refusal.PROXY_HEADER);
                }
            }
        };
        long patience = config.proxyProtocol().timeout().toNanos();
        channel.pipeline().addLast(new ProxyHeaderHandler(channel, patience, outcome));
    }

    private void refuse(Channel channel, Refusal why) {
        var loop = loops.get(channel.eventLoop());
        if (loop != null) {
            loop.counters().refused(why);
        }
        channel.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }

    /** Sockets that share their port would share it with another process, too, and nobody would notice. */
    private void refuseTakenPort(int port) throws IOException {
        try (var probe = new Socket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(config.host(), port));
        } catch (IOException e) {
            close();
            throw cannotListen(port, e);
        }
    }

    private IOException cannotListen(int port, Throwable cause) {
        return new IOException("cannot listen on " + config.host() + ":" + port + ": " + cause.getMessage(), cause);
    }

    private void left() {
        if (connections.decrementAndGet() == 0) {
            drained.release();
        }
    }

    /** The port that is listened on. */
    public int port() {
        return port;
    }

    /** The port for connections that begin with a PROXY header; 0 where there is none. */
    public int proxyPort() {
        return proxyPort;
    }

    /** What was counted so far, on all event loops. */
    public TrafficCounts counts() {
        var sum = TrafficCounts.NONE;
        for (var loop : loops.values()) {
            sum = sum.plus(loop.counters().counts());
        }
        return sum;
    }

    /**
     * Stops accepting, lets running exchanges end, and waits for that.
     *
     * @return whether all ended in time; those that did not go on until {@link #close}
     */
    public boolean drain(Duration patience) throws InterruptedException {
        sockets.forEach(socket -> socket.close().awaitUninterruptibly());
        loops.forEach((loop, traffic) -> loop.execute(traffic::drain));
        long until = System.nanoTime() + patience.toNanos();
        while (connections.get() > 0) {
            if (!drained.tryAcquire(until - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                return connections.get() == 0;
            }
        }
        return true;
    }

    /** Closes every connection and socket, and ends the event loops. */
    @Override
    public void close() {
        sockets.forEach(socket -> socket.close().awaitUninterruptibly());
        loops.forEach((loop, traffic) -> loop.submit(traffic::close).awaitUninterruptibly());
        resolvers.forEach(NameResolver::close);
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
