package io.suimon.bench;

/** What is behind the proxies; the path of a request says which. */
enum Backend {
    /** HTTP/1.1. */
    HTTP("/*", ""),
    /** HTTP/1.1, answered when the whole body is there. */
    BODIES("/bodies", ""),
    /** WebSockets that send messages back. */
    ECHO("/echo", ",\"enable_websocket\":true"),
    /** A unary call over gRPC. */
    GRPC("/bench.Echo/*", "");

    private final String uri;
    private final String more;

    Backend(String uri, String more) {
        this.uri = uri;
        this.more = more;
    }

    /** As the upstream's id. */
    String id() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** A route of Suimon that leads there. */
    String route(String plugins) {
        return "{\"uri\":\"" + uri + "\",\"upstream_id\":\"" + id() + "\",\"plugins\":" + plugins + more + "}";
    }

    /** An upstream of Suimon that is it. */
    String upstream(int port) {
        var scheme = this == GRPC ? "grpc" : "http";
        return "{\"scheme\":\"" + scheme + "\",\"nodes\":{\"127.0.0.1:" + port + "\":1}}";
    }
}
