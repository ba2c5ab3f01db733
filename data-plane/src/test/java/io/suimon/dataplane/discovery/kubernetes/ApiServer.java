package io.suimon.dataplane.discovery.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * An API server: fabric8's, and before it what that one lacks: lists in parts, watches over plain HTTP that go on where one ended, and
 * faults.
 */
public final class ApiServer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    final List<URI> asked = new CopyOnWriteArrayList<>();
    volatile String token = "";
    volatile int pageSize = 1000;
    volatile int status; // 0 is none but its own
    volatile @Nullable String instead; // of what is said on a watch

    private final KubernetesMockServer mock;
    private final HttpClient http = HttpClient.newHttpClient();
    private final @Nullable SSLContext tls;
    private final WebSocket source;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<ObjectNode> log = new ArrayList<>(); // guarded by this
    private int forgotten;
    private int watches;
    private int cuts;
    private HttpServer front;

    /** One for a collection such as {@code /apis/discovery.k8s.io/v1/endpointslices}. */
    public ApiServer(String collection) throws IOException {
        this(collection, null);
    }

    /** @param tls null is none */
    ApiServer(String collection, @Nullable SSLContext tls) throws IOException {
        this.tls = tls;
        mock = new KubernetesMockServer(
                new Context(), new MockWebServer(), new HashMap<>(), new KubernetesCrudDispatcher(), false);
        mock.init(InetAddress.getLoopbackAddress(), 0);
        source = http.newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + mock.getPort() + collection + "?watch=true"), new Recorder())
                .join();
        front = start(0);
    }

    private HttpServer start(int port) throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        HttpServer server;
        if (tls == null) {
            server = HttpServer.create(address, 0);
        } else {
            var secure = HttpsServer.create(address, 0);
            secure.setHttpsConfigurator(new HttpsConfigurator(tls));
            server = secure;
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
        return server;
    }

    /** Who changes what it has. */
    public NamespacedKubernetesClient client() {
        return mock.createClient();
    }

    /** Where it listens. */
    public int port() {
        return front.getAddress().getPort();
    }

    /** It is not there until it is started again. */
    public void stop() {
        cutWatches();
        front.stop(0);
    }

    /** Listens again where it did. */
    public void startAgain() throws IOException {
        front = start(port());
    }

    synchronized void cutWatches() {
        cuts++;
        notifyAll();
    }

    /** A watch from before now is refused. */
    synchronized void forget() {
        forgotten = log.size();
    }

    synchronized int watches() {
        return watches;
    }

    private final class Recorder implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                record(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }
    }

    private synchronized void record(String line) {
        try {
            var event = (ObjectNode) JSON.readTree(line);
            ((ObjectNode) event.at("/object/metadata")).put("resourceVersion", Integer.toString(log.size() + 1));
            log.add(event);
            notifyAll();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        var uri = exchange.getRequestURI();
        asked.add(uri);
        try (exchange) {
            var authorization = exchange.getRequestHeaders().getFirst("Authorization");
            if (status != 0) {
                exchange.sendResponseHeaders(status, -1);
            } else if (!token.isEmpty() && !("Bearer " + token).equals(authorization)) {
                exchange.sendResponseHeaders(401, -1);
            } else if (uri.getQuery().contains("watch=true")) {
                watch(exchange, uri);
            } else {
                list(exchange, uri);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void list(HttpExchange exchange, URI uri) throws IOException, InterruptedException {
        int version;
        synchronized (this) {
            version = log.size();
        }
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + mock.getPort() + uri.getRawPath() + "?"
                        + uri.getRawQuery().replaceAll("&?(limit|continue)=[^&]*", "")))
                .build();
        var list = (ObjectNode)
                JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
        var items = list.withArray("/items");
        var from = query(uri, "continue");
        int begin = from.isEmpty() ? 0 : Integer.parseInt(from);
        int end = Math.min(items.size(), begin + pageSize);
        var page = JSON.createArrayNode();
        for (int i = begin; i < end; i++) {
            page.add(items.get(i));
        }
        list.set("items", page);
        var metadata = list.putObject("metadata").put("resourceVersion", Integer.toString(version));
        if (end < items.size()) {
            metadata.put("continue", Integer.toString(end));
        }
        byte[] body = list.toString().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    private void watch(HttpExchange exchange, URI uri) throws IOException, InterruptedException {
        int next = Integer.parseInt(query(uri, "resourceVersion"));
        synchronized (this) {
            if (next < forgotten) {
                exchange.sendResponseHeaders(410, -1);
                return;
            }
        }
        exchange.sendResponseHeaders(200, 0);
        var out = exchange.getResponseBody();
        out.flush();
        var other = instead;
        if (other != null) {
            out.write(other.getBytes(StandardCharsets.UTF_8));
            out.flush();
            return;
        }
        int cut;
        synchronized (this) {
            watches++;
            cut = cuts;
        }
        for (var event = event(next, cut); event != null; event = event(++next, cut)) {
            out.write((event + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }

    private synchronized @Nullable ObjectNode event(int index, int cut) throws InterruptedException {
        while (index >= log.size() && cut == cuts) {
            wait();
        }
        return cut == cuts ? log.get(index) : null;
    }

    private static String query(URI uri, String name) {
        for (var part : uri.getQuery().split("&", -1)) {
            if (part.startsWith(name + "=")) {
                return part.substring(name.length() + 1);
            }
        }
        return "";
    }

    @Override
    public void close() {
        stop();
        source.abort();
        threads.shutdownNow();
        http.shutdownNow();
        mock.destroy();
    }
}
