package io.suimon.dataplane.control;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** Answers in the form APISIX's own small servers give them. */
public final class ManagementReply {

    /** What text bodies say they are. */
    public static final String TEXT = "text/plain; charset=utf-8";

    /** What JSON bodies say they are. */
    public static final String JSON = "application/json";

    private static final String PAGE = String.join(
            "\r\n",
            "<html>",
            "<head><title>404 Not Found</title></head>",
            "<body>",
            "<center><h1>404 Not Found</h1></center>",
            "<hr><center>openresty</center>",
            "<p><em>Powered by <a href=\"https://apisix.apache.org/\">APISIX</a>.</em></p></body>",
            "</html>",
            "");

    private ManagementReply() {}

    /** The page of a path that is not there. */
    public static void notFound(HttpServerRequest request) {
        send(request, 404, "text/html; charset=utf-8", PAGE);
    }

    /** A body that is sent whole. */
    public static void send(HttpServerRequest request, int status, String contentType, String body) {
        var bytes = Buffer.buffer(body);
        begin(request, status, contentType)
                .putHeader("Content-Length", Integer.toString(bytes.length())) // said to HEAD, too
                .end(bytes);
    }

    /** The head of an answer. */
    public static HttpServerResponse begin(HttpServerRequest request, int status, String contentType) {
        return request.response()
                .setStatusCode(status)
                .putHeader("Server", "openresty")
                .putHeader("Content-Type", contentType);
    }
}
