package io.suimon.dataplane.listener;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.suimon.dataplane.http1.ResponseParser;
import io.suimon.dataplane.proxy.ClientAddress;
import io.suimon.dataplane.proxy.Refusal;
import io.suimon.dataplane.proxy.TrafficCounts;
import io.suimon.dataplane.proxy.TrafficLoop;
import io.suimon.dataplane.tls.HandshakeCounts;
import io.suimon.dataplane.tls.OriginTls;
import io.suimon.dataplane.tls.StapleReport;
import io.suimon.dataplane.tls.TlsConfig;
import io.suimon.dataplane.tls.TlsEntrance;
import io.suimon.dataplane.upstream.LoopTimer;
import io.suimon.dataplane.upstream.NameResolver;
import io.suimon.dataplane.upstream.OriginLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The ports that carry traffic, one for HTTP and one for HTTPS: one event loop per core, each with a listening socket, connections to origins, and counts of its
 * own.
 *
 * <p>{@link #start}, {@link #drain} and {@link #close} are called by one thread, which they may block; everything else by any.
 */
public final class TrafficListener implements AutoCloseable {

    private final Ports ports;
    private final TrafficConfig config;
    private final TlsConfig tls;
    private final TrafficContext context;
    private final Protocols protocols;
    private final Network network;
    private final Transport transport;
    private final EventLoopGroup group;
    private final Map<EventLoop, TrafficLoop> loops = new LinkedHashMap<>();
    private final List<NameResolver> resolvers = new ArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final ConnectionLimits limits;
    private final Semaphore drained = new Semaphore(0);
    private final HandshakeCounts handshakes = new HandshakeCounts();
    private final HandshakeCounts originHandshakes = new HandshakeCounts();
    private @Nullable BoundPort plain;
    private @Nullable BoundPort balanced;
    private @Nullable BoundPort encrypted;
    private @Nullable BoundPort balancedEncrypted;
    private volatile @Nullable TlsEntrance entrance;
    private @Nullable OriginTls originTls;

    /** Listens nowhere yet. */
    public TrafficListener(Ports ports, Network network, TrafficConfig config, TlsConfig tls, TrafficContext context) {
        this.ports = ports;
        this.config = config;
        this.tls = tls;
        this.context = context;
        this.limits = new ConnectionLimits(config.maxConnectionsPerAddress());
        this.protocols = new Protocols(config.http2().enabled() ? TrafficSettings.http2(config) : null);
        this.network = network;
        this.transport = network.transport();
        this.group = transport.group(ports.eventLoops(), "traffic");
    }

    /**
     * Begins to accept.
     *
     * @throws IOException when the address cannot be listened on; the message names it
     */
    public void start() throws IOException {
        var proxy = TrafficSettings.proxy(config);
        var limits = TrafficSettings.upstream(config, ports.eventLoops());
        var origin = new OriginTls(tls, originHandshakes);
        originTls = origin;
        for (var executor : group) {
            var loop = (EventLoop) executor;
            var resolver = network.resolver(loop);
            resolvers.add(resolver);
            var origins = new OriginLoop(
                    transport.connecting(loop),
                    new LoopTimer(System::nanoTime),
                    proxy.http(),
                    new ResponseParser(proxy.http()),
                    resolver,
                    limits,
                    origin,
                    context.health(),
                    context.endpoints());
            var traffic = new TrafficLoop(loop, proxy, context.runtime(), context.log(), origins);
            loops.put(loop, traffic);
            traffic.start();
        }
        bind();
    }

    private void bind() throws IOException {
        try {
            plain = open(ports.plain(), this::beginPlain);
            if (ports.balanced().isPresent()) {
                balanced = open(ports.balanced().getAsInt(), behindProxyHeader(this::beginPlain));
            }
            if (ports.encrypted().isPresent()) {
                bindEncrypted(ports.encrypted().getAsInt());
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private void bindEncrypted(int port) throws IOException {
        var opened = new TlsEntrance(tls, context.runtime(), protocols.names(), Clock.systemUTC(), handshakes);
        entrance = opened;
        Arrival handshake = (loop, channel) -> beginEncrypted(opened, loop, channel);
        encrypted = open(port, handshake);
        if (ports.balancedEncrypted().isPresent()) {
            balancedEncrypted = open(ports.balancedEncrypted().getAsInt(), behindProxyHeader(handshake));
        }
    }

    private BoundPort open(int port, Arrival arrival) throws IOException {
        var place = new BoundPort.Place(transport, group, config.backlog(), ports.host(), port);
        return BoundPort.open(place, loops.keySet(), new Accepting(arrival));
    }

    /** What is done with a connection that was accepted; on its event loop. */
    @FunctionalInterface
    private interface Arrival {
        void begin(TrafficLoop loop, Channel channel);
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
                arrival.begin(loop, channel);
            }
        }
    }

    private void beginPlain(TrafficLoop loop, Channel channel) {
        if (enter(channel)) {
            protocols.detect(loop, channel);
        }
    }

    private void beginEncrypted(TlsEntrance through, TrafficLoop loop, Channel channel) {
        if (enter(channel)) {
            through.accept(channel, (ready, session, agreed) -> protocols.speak(loop, ready, session, agreed));
        }
    }

    private Arrival behindProxyHeader(Arrival next) {
        return (loop, channel) -> awaitProxyHeader(loop, channel, next);
    }

    private void awaitProxyHeader(TrafficLoop loop, Channel channel, Arrival next) {
        var outcome = new ProxyHeaderHandler.Outcome() {
            @Override
            public void found(InetSocketAddress client) {
                ClientAddress.set(channel, client);
                next.begin(loop, channel);
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

    /** Counts a connection among those of its client until it is closed. Returns whether there may be one more. */
    private boolean enter(Channel channel) {
        var address = ClientAddress.of(channel).getAddress();
        var refusal = limits.enter(address);
        if (refusal != null) {
            refuse(channel, refusal);
            return false;
        }
        channel.closeFuture().addListener(closed -> limits.leave(address));
        return true;
    }

    private void refuse(Channel channel, Refusal why) {
        var loop = loops.get(channel.eventLoop());
        if (loop != null) {
            loop.counters().refused(why);
        }
        channel.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }

    private void left() {
        if (connections.decrementAndGet() == 0) {
            drained.release();
        }
    }

    /** The port that is listened on; 0 before the start. */
    public int port() {
        return plain == null ? 0 : plain.port();
    }

    /** The port for connections that begin with a PROXY header; 0 where there is none, and before the start. */
    public int proxyPort() {
        return balanced == null ? 0 : balanced.port();
    }

    /** The port that is listened on for HTTPS; 0 where that is switched off, and before the start. */
    public int tlsPort() {
        return encrypted == null ? 0 : encrypted.port();
    }

    /** The port for HTTPS behind a PROXY header; 0 where there is none, and before the start. */
    public int proxyTlsPort() {
        return balancedEncrypted == null ? 0 : balancedEncrypted.port();
    }

    /** How TLS handshakes of clients ended. */
    public HandshakeCounts handshakes() {
        return handshakes;
    }

    /** What is known of what is shown beside certificates. */
    public StapleReport staples() {
        var opened = entrance;
        return opened == null ? StapleReport.NONE : opened.staples();
    }

    /** How TLS handshakes with upstreams ended. */
    public HandshakeCounts originHandshakes() {
        return originHandshakes;
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
        stopAccepting();
        loops.forEach((loop, traffic) -> loop.execute(traffic::drain));
        long until = System.nanoTime() + patience.toNanos();
        while (connections.get() > 0) {
            if (!drained.tryAcquire(until - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                return connections.get() == 0;
            }
        }
        return true;
    }

    private void stopAccepting() {
        if (plain != null) {
            plain.close();
        }
        if (balanced != null) {
            balanced.close();
        }
        if (encrypted != null) {
            encrypted.close();
        }
        if (balancedEncrypted != null) {
            balancedEncrypted.close();
        }
    }

    /** Closes every connection and socket, and ends the event loops. */
    @Override
    public void close() {
        stopAccepting();
        loops.forEach((loop, traffic) -> loop.submit(traffic::close).awaitUninterruptibly());
        resolvers.forEach(NameResolver::close);
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        var opened = entrance;
        if (opened != null) {
            opened.close();
        }
        if (originTls != null) {
            originTls.close();
        }
    }
}
