package io.suimon.controlplane.secret;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Answers reads of the KV engine, versions 1 and 2, as Vault's documentation of its HTTP API shows them. */
final class TestVault implements AutoCloseable {

    static final String TOKEN = "the-token-of-this-test";

    /** Paths that were asked for, below {@code /v1/}, and the namespace after an @, where there was one. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final HttpServer server;
    private volatile int failure;
    private volatile boolean silent;

    TestVault() {
        this(null);
    }

    /** @param tls null for plain text */
    TestVault(@Nullable SSLContext tls) {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try {
            if (tls == null) {
                server = HttpServer.create(address, 64);
            } else {
                var secure = HttpsServer.create(address, 64);
                secure.setHttpsConfigurator(new HttpsConfigurator(tls));
                server = secure;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    String uri() {
        return (server instanceof HttpsServer ? "https" : "http") + "://127.0.0.1:"
                + server.getAddress().getPort();
    }

    /** The resource that makes this a secret manager. */
    String resource(String prefix) {
        return "{\"uri\":\"%s\",\"prefix\":\"%s\",\"token\":\"%s\"}".formatted(uri(), prefix, TOKEN);
    }

    /** A secret of version 1. */
    void put(String path, String fields) {
        answers.put(path, "{\"lease_id\":\"\",\"lease_duration\":2764800,\"renewable\":false,\"data\":" + fields + "}");
    }

    /** A secret of version 2; its path has the {@code data} in it that Vault wants there. */
    void putVersioned(String path, String fields) {
        answers.put(
                path,
                "{\"data\":{\"data\":" + fields
                        + ",\"metadata\":{\"created_time\":\"2026-01-01T00:00:00Z\",\"destroyed\":false,\"version\":2}}}");
    }

    /** An answer as it is, with status 200. */
    void putRaw(String path, String body) {
        answers.put(path, body);
    }

    void remove(String path) {
        answers.remove(path);
    }

    /** Answers everything with this status; 0 ends that. */
    void failWith(int status) {
        failure = status;
    }

    /** Accepts requests and says nothing. */
    void fallSilent(boolean on) {
        silent = on;
    }

    private void answer(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getRawPath().replaceFirst("^/v1/", "");
        var namespace = exchange.getRequestHeaders().getFirst("X-Vault-Namespace");
        asked.add(namespace == null ? path : path + "@" + namespace);
        if (silent) {
            return;
        }
        var body = answers.get(path);
        if (failure != 0) {
            exchange.getResponseHeaders().add("Location", uri() + "/v1/elsewhere");
            send(exchange, failure, "{\"errors\":[\"a-text-nobody-should-see\"]}");
        } else if (!TOKEN.equals(exchange.getRequestHeaders().getFirst("X-Vault-Token"))) {
            send(exchange, 403, "{\"errors\":[\"permission denied\"]}");
        } else if (body == null) {
            send(exchange, 404, "{\"errors\":[]}");
        } else {
            send(exchange, 200, body);
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
