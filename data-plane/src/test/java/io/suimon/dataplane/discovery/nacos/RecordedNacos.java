package io.suimon.dataplane.discovery.nacos;

import io.suimon.dataplane.discovery.http.TestServer;
import io.suimon.dataplane.discovery.http.TestServer.Answer;
import io.suimon.dataplane.discovery.http.TestServer.Request;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers as the documentation of the HTTP API of Nacos, version 1, says: lists of instances, and logins. Thread-safe. */
final class RecordedNacos implements AutoCloseable {

    private static final Set<String> PARAMETERS =
            Set.of("serviceName", "groupName", "namespaceId", "healthyOnly", "accessToken", "ak", "data", "signature");

    private final Map<String, String> services = new ConcurrentHashMap<>();
    private final AtomicInteger logins = new AtomicInteger();
    private volatile String user = "";
    private volatile long tokenTtl = 18_000;
    private volatile Map<String, String> last = Map.of();
    final TestServer http = new TestServer(this::answer);

    String url() {
        return http.url();
    }

    /** The hosts of {@code namespace/group/service}. */
    void set(String service, String hosts) {
        services.put(service, hosts);
    }

    /** Only who logged in with this form is answered; each token is good for so many seconds, and until the next login. */
    void require(String form, long ttl) {
        user = form;
        tokenTtl = ttl;
    }

    /** How often somebody logged in. */
    int logins() {
        return logins.get();
    }

    /** No token that was given is good any more. */
    void forgetTokens() {
        logins.addAndGet(100);
    }

    /** What the last list was asked for with. */
    Map<String, String> lastQuery() {
        return new TreeMap<>(last);
    }

    private Answer answer(Request request) {
        return switch (request.method() + " " + request.path()) {
            case "POST /nacos/v1/auth/login" -> login(request);
            case "GET /nacos/v1/ns/instance/list" -> list(request.query());
            default -> Answer.status(404);
        };
    }

    private Answer login(Request request) {
        boolean form =
                "application/x-www-form-urlencoded".equals(request.headers().get("content-type"));
        if (!form || !request.body().equals(user)) {
            return new Answer(403, Map.of(), "unknown user!");
        }
        return Answer.ok("{\"accessToken\":\"token-%d\",\"tokenTtl\":%d,\"globalAdmin\":true}"
                .formatted(logins.incrementAndGet(), tokenTtl));
    }

    private Answer list(Map<String, String> query) {
        last = query;
        if (!PARAMETERS.containsAll(query.keySet()) || !"true".equals(query.get("healthyOnly"))) {
            return Answer.status(400);
        }
        if (!user.isEmpty() && !("token-" + logins.get()).equals(query.get("accessToken"))) {
            return new Answer(403, Map.of(), "token invalid!");
        }
        var group = query.get("groupName");
        var name = query.get("serviceName");
        var hosts = services.getOrDefault("%s/%s/%s".formatted(query.get("namespaceId"), group, name), "");
        return Answer.ok("""
                {"name":"%s@@%s","groupName":"%s","clusters":"","cacheMillis":10000,"hosts":[%s],"lastRefTime":1700000000000,
                 "checksum":"","allIPs":false,"reachProtectionThreshold":false,"valid":true}""".formatted(group, name, group, hosts));
    }

    @Override
    public void close() {
        http.close();
    }
}
