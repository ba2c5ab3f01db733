package io.suimon.dataplane.control;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.Map;
import java.util.function.Supplier;

/** The Control API: JSON documents by path, for those who may reach its address. */
public final class ControlServer implements AutoCloseable {

    private final Map<String, Supplier<String>> documents;
    private final ManagementListener listener;

    /** @param documents JSON by path, as {@link SchemaDocument}; asked for on an event loop, so they never block */
    public ControlServer(Vertx vertx, ControlConfig config, Map<String, Supplier<String>> documents) {
        this.documents = Map.copyOf(documents);
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
        var document = documents.get(String.valueOf(request.path()));
        if (document == null || !request.method().equals(HttpMethod.GET)) {
            ManagementReply.notFound(request);
        } else {
            ManagementReply.send(request, 200, ManagementReply.JSON, document.get());
        }
    }

    @Override
    public void close() {
        listener.close();
    }
}
