package io.suimon.dataplane.telemetry;

import io.suimon.dataplane.control.ManagementListener;
import io.suimon.dataplane.control.ManagementReply;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers Prometheus. The text is made on a worker thread; those who ask while one is being made get that one, so that however many
 * ask, one thread works.
 */
public final class MetricsServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MetricsServer.class);

    private final Vertx vertx;
    private final String path;
    private final Exposition exposition;
    private final ManagementListener listener;
    private @Nullable Future<@Nullable String> running;

    public MetricsServer(Vertx vertx, MetricsConfig config, Exposition exposition) {
        this.vertx = vertx;
        this.path = config.path();
        this.exposition = exposition;
        this.listener = new ManagementListener(vertx, "suimon.metrics", config.host(), config.port(), this::answer);
    }

    /**
     * Begins to listen. Not on an event loop.
     *
     * @return the port
     * @throws IOException when it cannot; its message is one line for people
     */
    public int start() throws IOException {
        return listener.start();
    }

    private void answer(HttpServerRequest request) {
        if (path.equals(request.path()) && request.method().equals(HttpMethod.GET)) {
            text().onComplete(text -> answer(request, String.valueOf(text)), cause -> refuse(request, cause));
        } else {
            ManagementReply.notFound(request);
        }
    }

    private synchronized Future<@Nullable String> text() {
        var text = running;
        if (text == null || text.isComplete()) {
            text = vertx.executeBlocking(exposition::render, false);
            running = text;
        }
        return text;
    }

    private static void answer(HttpServerRequest request, String text) {
        ManagementReply.begin(request, 200, ManagementReply.TEXT)
                .setChunked(true)
                .end(text);
    }

    private static void refuse(HttpServerRequest request, Throwable cause) {
        LOG.error("metrics cannot be told", cause);
        ManagementReply.send(
                request,
                500,
                ManagementReply.JSON,
                "{\"message\":\"Failed to retrieve metrics: no data available\"}\n");
    }

    @Override
    public void close() {
        listener.close();
    }
}
