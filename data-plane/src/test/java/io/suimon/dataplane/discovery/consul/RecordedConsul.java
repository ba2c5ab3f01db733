package io.suimon.dataplane.discovery.consul;

import io.suimon.dataplane.discovery.http.TestServer;
import io.suimon.dataplane.discovery.http.TestServer.Answer;
import io.suimon.dataplane.discovery.http.TestServer.Request;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers as Consul 1.12 was seen to: two lists with an index each, which a query may wait for; 404 with an index for keys there are
 * none of; 400 for what is no index. What it does not know is an error, too. Thread-safe.
 */
public final class RecordedConsul implements AutoCloseable {

    private static final String HEALTH = "/v1/health/service/";
    private static final String KV = "/v1/kv/";
    private static final Set<String> PARAMETERS = Set.of("passing", "recurse", "index", "wait");

    private final Map<String, String> bodies = new TreeMap<>();
    private final AtomicInteger waiting = new AtomicInteger();
    final TestServer http;
    private long index = 7;
    private String token = "";

    /** One that has nothing yet. */
    public RecordedConsul() {
        this.http = new TestServer(this::answer);
    }

    /** {@code http://127.0.0.1:port}. */
    public String url() {
        return http.url();
    }

    /** Where it listens. */
    public int port() {
        return http.port();
    }

    /** Nobody listens any more. */
    public void stop() {
        http.stop();
    }

    /** Listens again where it did, with what it had. */
    public void startAgain() {
        http.restart();
    }

    /** What is at a path from now on. */
    public synchronized void set(String path, String body) {
        bodies.put(path, body);
        moveTo(index + 1);
    }

    /** Entries of a service: address, port, weight. */
    public void setService(String name, String... places) {
        set(
                HEALTH + name,
                List.of(places).stream().map(RecordedConsul::entry).toList().toString());
    }

    private static String entry(String place) {
        var parts = place.split("[: ]", -1);
        return """
                {"Node": {"Node": "one", "Address": "127.0.0.9"},
                 "Service": {"ID": "x", "Address": "%s", "Port": %s, "Meta": null, "Weights": {"Passing": %s, "Warning": 1}},
                 "Checks": [{"CheckID": "serfHealth", "Status": "passing"}]}""".formatted((Object[]) parts);
    }

    /** The index is another one. */
    synchronized void moveTo(long other) {
        index = other;
        notifyAll();
    }

    /** Only who shows this token is answered. */
    synchronized void require(String secret) {
        token = secret;
    }

    /** How many queries wait for a change now. */
    int waiting() {
        return waiting.get();
    }

    private Answer answer(Request request) throws InterruptedException {
        var query = request.query();
        if (!request.method().equals("GET") || !PARAMETERS.containsAll(query.keySet())) {
            return new Answer(400, Map.of(), "what is that?");
        }
        if (!request.headers().getOrDefault("x-consul-token", "").equals(token)) {
            return new Answer(403, Map.of(), "ACL not found");
        }
        boolean health = request.path().startsWith(HEALTH) && "true".equals(query.get("passing"));
        boolean keys = request.path().startsWith(KV) && "true".equals(query.get("recurse"));
        if (!health && !keys) {
            return new Answer(404, Map.of(), "Invalid URL path: not a recognized HTTP API endpoint");
        }
        var asked = query.getOrDefault("index", "0");
        var wait = query.getOrDefault("wait", "300000ms");
        if (!asked.matches("[0-9]+") || !wait.matches("[0-9]+ms")) {
            return new Answer(400, Map.of(), "Invalid index");
        }
        return said(request.path(), Long.parseLong(asked), Long.parseLong(wait.replace("ms", "")), health ? "[]" : "");
    }

    private synchronized Answer said(String path, long known, long millis, String nothing) throws InterruptedException {
        if (known > 0) {
            waiting.incrementAndGet();
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
            long left = millis;
            // One whose index is ahead of the server's waits, too, and is then told the lower one.
            for (long seen = index; index == seen && index <= known && left > 0; ) {
                wait(left);
                left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            }
            waiting.decrementAndGet();
        }
        var headers = Map.of("X-Consul-Index", Long.toString(index), "X-Consul-Knownleader", "true");
        var body = bodies.getOrDefault(path, nothing);
        return new Answer(body.isEmpty() ? 404 : 200, headers, body);
    }

    @Override
    public void close() {
        http.close();
    }
}
