package io.suimon.dataplane.control;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Control API, for those who may reach its address. What takes looking through much is made on a worker thread. */
public final class ControlServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);

    private static final String DISCOVERY = "/v1/discovery/";
    private static final String DUMP = "/dump";

    private final Vertx vertx;
    private final SchemaDocument schema;
    private final HealthPages health;
    private final ConfigurationPages configuration;
    private final ListingReply listings;
    private final Function<String, Optional<String>> dumps;
    private final ManagementListener listener;

    /** @param dumps what the registry of a type shows of itself, as JSON */
    public ControlServer(
            Vertx vertx,
            ControlConfig config,
            SchemaDocument schema,
            HealthDirectory health,
            ConfigurationPages configuration,
            Function<String, Optional<String>> dumps) {
        this.vertx = vertx;
        this.schema = schema;
        this.health = new HealthPages(health);
        this.configuration = configuration;
        this.listings = new ListingReply(vertx);
        this.dumps = dumps;
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
        vertx.executeBlocking(page, false).onComplete(reply -> send(request, reply), cause -> {
            LOG.error("{} cannot be shown", request.path(), cause);
            ManagementReply.send(request, 500, ManagementReply.TEXT, "");
        });
    }

    private static void send(HttpServerRequest request, @Nullable ControlReply reply) {
        if (reply == null) {
            ManagementReply.notFound(request);
        } else {
            ManagementReply.send(request, reply.status(), reply.contentType(), reply.body());
        }
    }

    private static boolean wantsHtml(HttpServerRequest request) {
        var accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept != null && accept.contains("text/html");
    }

    /** What is at a path; null where nothing is. */
    private @Nullable Callable<@Nullable ControlReply> page(String method, String path, boolean html) {
        return switch (method + " " + path) {
            case "GET /v1/schema" -> () -> ControlReply.json(200, schema.get());
            case "GET " + HealthPages.PATH -> () -> health.all(html);
            // There is nothing to reload, as plugins come with the node, and memory is collected without being asked.
            case "PUT /v1/plugins/reload" -> () -> ControlReply.text("done");
            case "POST /v1/gc" -> () -> ControlReply.text("");
            case String other
            when other.startsWith("GET " + HealthPages.PATH + "/") ->
                () -> health.one(path.substring(HealthPages.PATH.length() + 1));
            case String other when other.startsWith("GET " + DISCOVERY) && other.endsWith(DUMP) -> () -> dump(path);
            default -> method.equals("GET") ? resource(path) : null;
        };
    }

    private @Nullable ControlReply dump(String path) {
        int end = path.length() - DUMP.length();
        var type = end < DISCOVERY.length() ? "" : path.substring(DISCOVERY.length(), end);
        return dumps.apply(type).map(json -> ControlReply.json(200, json)).orElse(null);
    }

    private @Nullable Callable<@Nullable ControlReply> resource(String path) {
        var key = configuration.key(path);
        return key == null ? null : () -> configuration.one(key);
    }

    @Override
    public void close() {
        listener.close();
    }
}
