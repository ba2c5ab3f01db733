package io.suimon.controlplane.admin;

import io.netty.channel.ChannelHandlerContext;
import io.suimon.process.InvalidSettingException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.impl.ConnectionBase;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The port of the Admin API. A listener of its own, and not Quarkus's, for that one answers requests by itself: whatever is no strict
 * URI, such as {@code ?name=^a}, gets an empty 400 that no client of APISIX knows.
 *
 * <p>Started and stopped once, by one thread. Connections live on one event loop; what takes time runs on threads of its own.
 */
@Singleton
public final class AdminListener {

    private static final int MAX_REQUEST_LINE = 8 * 1024;
    private static final int MAX_HEADERS = 32 * 1024;
    private static final Duration IDLE_CONNECTION = Duration.ofSeconds(75);

    /** Connections open at a time; one more is closed. */
    private static final int MAX_CONNECTIONS = 4096;

    /** How long requests under way may take once the process is to end. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final AdminHttp http;
    private final AdminTls tls;
    private final AdminConfig config;
    private final SpokenVersions versions = new SpokenVersions();
    private final AtomicInteger connections = new AtomicInteger();
    private @Nullable HttpServer server;

    AdminListener(Vertx vertx, AdminHttp http, AdminTls tls, AdminConfig config) {
        this.vertx = vertx;
        this.http = http;
        this.tls = tls;
        this.config = config;
    }

    /**
     * Begins to listen.
     *
     * @throws InvalidSettingException when that cannot be
     */
    public void start() {
        var options = new HttpServerOptions()
                .setHost(config.host())
                .setPort(config.port())
                .setMaxInitialLineLength(MAX_REQUEST_LINE)
                .setMaxHeaderSize(MAX_HEADERS)
                .setIdleTimeout(Math.toIntExact(IDLE_CONNECTION.toSeconds()))
                .setHttp2ClearTextEnabled(false)
                .setUseAlpn(false);
        tls.protect(options);
        try {
            server = vertx.createHttpServer(options)
                    .connectionHandler(this::opened)
                    .requestHandler(http::handle)
                    .invalidRequestHandler(MalformedRequests::answer)
                    .listen()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            throw new InvalidSettingException(
                    "suimon.admin.port",
                    config.port() + " on " + config.host() + " cannot be bound",
                    "a free port of this machine");
        }
    }

    private void opened(HttpConnection connection) {
        connection.closeHandler(closed -> connections.decrementAndGet());
        if (connections.incrementAndGet() > MAX_CONNECTIONS) {
            connection.close();
        } else if (connection instanceof ConnectionBase internal) {
            extend(internal.channelHandlerContext());
        }
    }

    /** What Vert.x has no settings for. */
    private void extend(ChannelHandlerContext handler) {
        handler.pipeline().addFirst(new LingeringClose()).addBefore(handler.name(), null, versions);
    }

    /** The port listened on. */
    public int port() {
        return listening().actualPort();
    }

    /** Answers what is under way, refuses what still comes, and stops listening. */
    public void stop() {
        if (server == null) {
            return;
        }
        try {
            http.drain(STOP_PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        listening().close().toCompletionStage().toCompletableFuture().join();
    }

    private HttpServer listening() {
        var running = server;
        if (running == null) {
            throw new IllegalStateException("not started");
        }
        return running;
    }
}
