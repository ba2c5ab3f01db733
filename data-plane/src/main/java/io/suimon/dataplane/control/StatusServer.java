package io.suimon.dataplane.control;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;

/** Tells whether the process lives ({@code /status}) and can carry traffic ({@code /status/ready}), by whatever method it is asked. */
public final class StatusServer implements AutoCloseable {

    private static final String OK = "{\"status\":\"ok\"}\n";

    private final ManagementListener listener;
    private final Readiness readiness;

    public StatusServer(Vertx vertx, StatusConfig config, Readiness readiness) {
        this.readiness = readiness;
        this.listener = new ManagementListener(vertx, "suimon.status", config.host(), config.port(), this::answer);
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
        switch (String.valueOf(request.path())) {
            case "/status" -> ManagementReply.send(request, 200, ManagementReply.TEXT, OK);
            case "/status/ready" -> answerReady(request);
            default -> ManagementReply.notFound(request);
        }
    }

    private void answerReady(HttpServerRequest request) {
        var missing = readiness.missing();
        if (missing.isEmpty()) {
            ManagementReply.send(request, 200, ManagementReply.TEXT, OK);
        } else {
            var error =
                    JsonNodeFactory.instance.objectNode().put("status", "error").put("error", missing);
            ManagementReply.send(request, 503, ManagementReply.TEXT, error + "\n");
        }
    }

    @Override
    public void close() {
        listener.close();
    }
}
