package io.suimon.dataplane.control;

import io.suimon.process.InvalidSettingException;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A small HTTP/1.1 server for operators, apart from the traffic: bounded heads, few connections, none idle for long, bodies unread.
 *
 * <p>Started and closed by one thread; requests are handled on event loops of Vert.x, so handlers never block.
 */
public final class ManagementListener implements AutoCloseable {

    /** One connection more is closed at once. */
    public static final int MAX_CONNECTIONS = 256;

    private static final int MAX_LINE = 4096;
    private static final int MAX_HEAD = 16 * 1024;
    private static final int IDLE_SECONDS = 60;
    private static final int MAX_PORT = 65535;

    private final Vertx vertx;
    private final String settings;
    private final String host;
    private final int port;
    private final Handler<HttpServerRequest> handler;
    private final AtomicInteger connections = new AtomicInteger();
    private @Nullable HttpServer server;

    /**
     * @param settings what the settings of this listener begin with, for messages: {@code suimon.status}
     * @param port 0 is any free one
     */
    public ManagementListener(Vertx vertx, String settings, String host, int port, Handler<HttpServerRequest> handler) {
        this.vertx = vertx;
        this.settings = settings;
        this.host = host;
        this.port = port;
        this.handler = handler;
    }

    /**
     * Begins to listen. Not on an event loop.
     *
     * @return the port
     * @throws IOException when it cannot; its message is one line for people
     */
    public int start() throws IOException {
        if (port < 0 || port > MAX_PORT) {
            throw new InvalidSettingException(settings + ".port", port, "0.." + MAX_PORT);
        }
        var options = new HttpServerOptions()
                .setHttp2ClearTextEnabled(false)
                .setMaxInitialLineLength(MAX_LINE)
                .setMaxHeaderSize(MAX_HEAD)
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
        try {
            server = vertx.createHttpServer(options)
                    .connectionHandler(this::count)
                    .requestHandler(handler)
                    .listen(port, host)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            return server.actualPort();
        } catch (CompletionException e) {
            var cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(
                    settings + ": cannot listen on " + host + ":" + port + ": " + cause.getMessage(), cause);
        }
    }

    private void count(HttpConnection connection) {
        connections.incrementAndGet();
        connection.closeHandler(closed -> connections.decrementAndGet());
        if (connections.get() > MAX_CONNECTIONS) {
            connection.close();
        }
    }

    @Override
    public void close() {
        if (server != null) {
            server.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
