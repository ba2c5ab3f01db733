package io.suimon.dataplane.control;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Control API, for those who may reach its address. What takes looking through much is made on a worker thread. */
public final class ControlServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);

    private final Vertx vertx;
    private final SchemaDocument schema;
    private final HealthPages health;
    private final ConfigurationPages configuration;
    private final ListingReply listings;
    private final ManagementListener listener;

    public ControlServer(
            Vertx vertx,
            ControlConfig config,
            SchemaDocument schema,
            HealthDirectory health,
            ConfigurationPages configuration) {
        this.vertx = vertx;
        this.schema = schema;
        this.health = new HealthPages(health);
        this.configuration = configuration;
        this.listings = new ListingReply(vertx);
        this.listener = new ManagementListener(vertx, "suimon.control", config.host(), config.port(), this::answer);
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
        var path = String.valueOf(request.path());
        if (request.method().equals(HttpMethod.GET) && configuration.isCollection(path)) {
            listings.send(request, () -> configuration.collection(path));
            return;
        }
        var page = page(request.method().name(), path, wantsHtml(request));
        if (page == null) {
            ManagementReply.notFound(request);
            return;
        }
        vertx.executeBlocking(page, false)
                .onComplete(
                        reply -> ManagementReply.send(request, reply.status(), reply.contentType(), reply.body()),
                        cause -> {
                            LOG.error("{} cannot be shown", request.path(), cause);
                            ManagementReply.send(request, 500, ManagementReply.TEXT, "");
                        });
    }

    private static boolean wantsHtml(HttpServerRequest request) {
        var accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept != null && accept.contains("text/html");
    }

    /** What is at a path; null where nothing is. */
    private @Nullable Callable<ControlReply> page(String method, String path, boolean html) {
        return switch (method + " " + path) {
            case "GET /v1/schema" -> () -> ControlReply.json(200, schema.get());
            case "GET " + HealthPages.PATH -> () -> health.all(html);
            // There is nothing to reload, as plugins come with the node, and memory is collected without being asked.
            case "PUT /v1/plugins/reload" -> () -> ControlReply.text("done");
            case "POST /v1/gc" -> () -> ControlReply.text("");
            case String other
            when other.startsWith("GET " + HealthPages.PATH + "/") ->
                () -> health.one(path.substring(HealthPages.PATH.length() + 1));
            default -> method.equals("GET") ? resource(path) : null;
        };
    }

    private @Nullable Callable<ControlReply> resource(String path) {
        var key = configuration.key(path);
        return key == null ? null : () -> configuration.one(key);
    }

    @Override
    public void close() {
        listener.close();
    }
}
