package io.suimon.controlplane.stream;

import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.suimon.controlplane.mirror.Mirror;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The listening end of the configuration stream. Started and stopped once, by one thread. */
public final class StreamServer implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(StreamServer.class);

    private static final int STREAMS_PER_CONNECTION = 4;
    private static final int METADATA_BYTES = 8 * 1024;

    /**
     * What a node may send ahead of what was read: its messages are small, and there are many nodes. Fixed: to find one, gRPC would send a
     * ping with every message and wait for its answer.
     */
    private static final int WINDOW_BYTES = 256 * 1024;

    private static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration IDLE_CONNECTION = Duration.ofSeconds(30);
    private static final Duration SHORTEST_PING = Duration.ofMillis(500);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(2);

    /** How often sessions look at the clock, per heartbeat. */
    static final int TICKS = 5;

    private final StreamConfig config;
    private final Consumer<Mirror.Listener> views;
    private final StreamCounters counters;
    /** Never shut down: it holds no threads, and the mirror may have a word for it at any time. */
    private final ExecutorService executor;

    private final ScheduledExecutorService ticker;
    private final ConfigStreamService service;
    private @Nullable Server server;
    private @Nullable ScheduledFuture<?> ticking;

    /**
     * A server that does not listen yet.
     *
     * @param mirror asked whether the configuration may be behind the store
     * @param views registers who is told of the configuration as nodes get it
     */
    public StreamServer(
            StreamConfig config,
            Mirror mirror,
            Consumer<Mirror.Listener> views,
            NodeRegistry registry,
            StreamCounters counters) {
        this.config = config;
        this.views = views;
        this.counters = counters;
        this.executor = Executors.newVirtualThreadPerTaskExecutor();
        this.ticker = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("suimon-stream-ticker").factory());
        this.service = new ConfigStreamService(config, mirror, registry, counters, executor);
    }

    /**
     * Begins to listen and to follow the mirror.
     *
     * @throws IOException when that cannot be; its message is one line for people, naming the setting
     */
    public void start() throws IOException {
        var host = address();
        var builder = NettyServerBuilder.forAddress(new InetSocketAddress(host, config.port()))
                .addService(service)
                .executor(executor)
                .maxInboundMessageSize(Math.toIntExact(config.maxMessageSize().asLongValue()))
                .maxInboundMetadataSize(METADATA_BYTES)
                .flowControlWindow(WINDOW_BYTES)
                .maxConcurrentCallsPerConnection(STREAMS_PER_CONNECTION)
                .handshakeTimeout(HANDSHAKE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .maxConnectionIdle(IDLE_CONNECTION.toMillis(), TimeUnit.MILLISECONDS)
                .keepAliveTime(config.heartbeat().toMillis(), TimeUnit.MILLISECONDS)
                .keepAliveTimeout(config.heartbeat().toMillis(), TimeUnit.MILLISECONDS)
                .permitKeepAliveTime(SHORTEST_PING.toMillis(), TimeUnit.MILLISECONDS);
        config.joinToken().ifPresent(token -> builder.intercept(new JoinTokenInterceptor(token, counters)));
        StreamTls.of(config, host).ifPresent(builder::sslContext);
        server = listen(builder);
        views.accept(service);
        // At once: what changes from now on is history that nodes can be told of.
        service.project();
        long tick = Math.max(1, config.heartbeat().toMillis() / TICKS);
        ticking =
                ticker.scheduleWithFixedDelay(() -> executor.execute(service::tick), tick, tick, TimeUnit.MILLISECONDS);
        LOG.infof("configuration stream on %s:%d", config.host(), port());
    }

    private InetAddress address() throws IOException {
        try {
            return InetAddress.getByName(config.host());
        } catch (UnknownHostException e) {
            throw new IOException(
                    "suimon.stream.host: %s (expected: an address of this machine)".formatted(config.host()), e);
        }
    }

    private Server listen(NettyServerBuilder builder) throws IOException {
        try {
            return builder.build().start();
        } catch (IOException e) {
            throw new IOException(
                    "suimon.stream.port: %d on %s cannot be bound (expected: a free port of this machine): %s"
                            .formatted(config.port(), config.host(), reason(e)),
                    e);
        }
    }

    private static String reason(IOException failure) {
        var cause = failure.getCause();
        return String.valueOf(cause == null ? failure.getMessage() : cause.getMessage());
    }

    /** The port listened on. */
    public int port() {
        var running = server;
        if (running == null) {
            throw new IllegalStateException("not started");
        }
        return running.getPort();
    }

    /** Ends all streams, with word to the nodes that this is on purpose, and stops listening. */
    @Override
    public void close() {
        if (ticker.isShutdown()) {
            return;
        }
        var ticks = ticking;
        if (ticks != null) {
            ticks.cancel(false);
        }
        ticker.shutdown();
        service.shutDown();
        var running = server;
        if (running != null) {
            running.shutdown();
            awaitEnd(running);
        }
    }

    private static void awaitEnd(Server running) {
        try {
            if (!running.awaitTermination(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                running.shutdownNow();
            }
        } catch (InterruptedException e) {
            running.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
