package io.suimon.dataplane.discovery.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** An HTTP server on a port of its own, whose answers a test says. Thread-safe; each request has a virtual thread. */
public final class TestServer implements AutoCloseable {

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private final @Nullable SSLContext tls;
    private volatile Answering answering;

    /** What is answered; null leaves the client without an answer. */
    public record Answer(int status, Map<String, String> headers, String body) {

        /** With status 200. */
        public static Answer ok(String body) {
            return new Answer(200, Map.of("Content-Type", "application/json"), body);
        }

        /** Without a body. */
        public static Answer status(int status) {
            return new Answer(status, Map.of(), "");
        }
    }

    /** Answers one request. */
    public interface Answering {
        Answer to(Request request) throws InterruptedException;
    }

    /** What was asked. */
    public record Request(
            String method, String path, Map<String, String> query, Map<String, String> headers, String body) {}

    /** One that answers so. */
    public TestServer(Answering answering) {
        this(answering, null);
    }

    /** One that answers so, over TLS where there is some. */
    public TestServer(Answering answering, @Nullable SSLContext tls) {
        this.answering = answering;
        this.tls = tls;
        this.server = listening(0);
    }

    private HttpServer listening(int port) {
        try {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            var listening = tls == null ? HttpServer.create(address, 0) : secure(address, tls);
            listening.setExecutor(threads);
            listening.createContext("/", this::serve);
            listening.start();
            return listening;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static HttpServer secure(InetSocketAddress address, SSLContext tls) throws IOException {
        var listening = HttpsServer.create(address, 0);
        listening.setHttpsConfigurator(new HttpsConfigurator(tls));
        return listening;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            var uri = exchange.getRequestURI();
            asked.add(exchange.getRequestMethod() + " " + uri);
            var headers = new HashMap<String, String>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values.getFirst()));
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var answer = answering.to(new Request(
                    exchange.getRequestMethod(), uri.getRawPath(), pairs(uri.getRawQuery()), headers, body));
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Names and values of a query or a form. */
    public static Map<String, String> pairs(String text) {
        var pairs = new HashMap<String, String>();
        if (text != null && !text.isEmpty()) {
            for (var pair : text.split("&", -1)) {
                var parts = pair.split("=", 2);
                pairs.put(parts[0], URLDecoder.decode(parts.length > 1 ? parts[1] : "", StandardCharsets.UTF_8));
            }
        }
        return pairs;
    }

    /** Answers otherwise from now on. */
    public void answer(Answering other) {
        answering = other;
    }

    /** {@code http://127.0.0.1:port}. */
    public String url() {
        return (tls == null ? "http" : "https") + "://127.0.0.1:" + port();
    }

    /** Where it listens. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** What was asked so far, as {@code GET /path?query}. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /** Nobody listens any more. */
    public void stop() {
        server.stop(0);
    }

    /** Listens again where it did. */
    public void restart() {
        server = listening(port());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
