package io.suimon.engine.resource;

import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads an upstream, standing alone or inside another resource. */
final class UpstreamReader {

    private static final String CONSISTENT_HASH = "chash";
    private static final Duration UNLIMITED = Duration.ZERO;
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);
    private static final int POOL_SIZE = 320;
    private static final int POOL_REQUESTS = 1000;

    private final ResourceKey key;
    private final Fields fields;

    /** @param key of the resource that is the upstream or holds it */
    UpstreamReader(ResourceKey key, Fields fields) {
        this.key = key;
        this.fields = fields;
    }

    /** The upstream inside a resource; null when it has none. */
    static @Nullable Upstream readInside(ResourceKey key, Fields resource) {
        var fields = resource.object("upstream");
        return fields == null ? null : new UpstreamReader(key, fields).read();
    }

    /** {@code timeout} of a resource; null when it has none. */
    static @Nullable Timeouts timeouts(Fields resource) {
        var timeout = resource.object("timeout");
        return timeout == null
                ? null
                : new Timeouts(
                        timeout.seconds("connect", Timeouts.DEFAULT.connect()),
                        timeout.seconds("send", Timeouts.DEFAULT.send()),
                        timeout.seconds("read", Timeouts.DEFAULT.read()));
    }

    Upstream read() {
        var endpoints = new EndpointsReader(fields).read();
        var passHost = fields.choice(Upstream.PassHost.class, "pass_host", Upstream.PassHost.PASS);
        var upstreamHost = fields.text("upstream_host");
        if (passHost == Upstream.PassHost.REWRITE && upstreamHost == null) {
            fields.violations().add(fields.pointer(), "`upstream_host` can't be empty when `pass_host` is `rewrite`");
        }
        return new Upstream(
                key,
                fields.description(),
                fields.choice(Upstream.Scheme.class, "scheme", Upstream.Scheme.HTTP),
                endpoints,
                discovery(),
                balancing(),
                passHost,
                upstreamHost,
                fields.integer("retries"),
                fields.seconds("retry_timeout", UNLIMITED),
                timeouts(fields),
                keepalivePool(),
                HealthCheckReader.read(fields),
                tls());
    }

    private Upstream.@Nullable Discovery discovery() {
        var type = fields.text("discovery_type");
        var serviceName = fields.text("service_name");
        if (type == null || serviceName == null || fields.json().has("nodes")) {
            return null;
        }
        var arguments = fields.object("discovery_args");
        return new Upstream.Discovery(
                type,
                serviceName,
                arguments == null ? null : arguments.text("namespace_id"),
                arguments == null ? null : arguments.text("group_name"),
                arguments == null ? Map.of() : arguments.textMap("metadata"));
    }

    private Upstream.Balancing balancing() {
        var balancing = new Upstream.Balancing(
                fields.text("type", "roundrobin"),
                fields.choice(Upstream.Balancing.HashOn.class, "hash_on", Upstream.Balancing.HashOn.VARS),
                fields.text("key"));
        if (balancing.type().equals(CONSISTENT_HASH) && balancing.hashOn() != Upstream.Balancing.HashOn.CONSUMER) {
            checkHashKey(balancing);
        }
        return balancing;
    }

    private void checkHashKey(Upstream.Balancing balancing) {
        var hashKey = balancing.key();
        if (hashKey == null) {
            fields.violations().add(fields.pointer(), "missing key");
            return;
        }
        var schema = ResourceSchemas.ofHashKey(balancing.hashOn());
        fields.violations().addFindings(fields.pointer() + "/key", schema.validate(TextNode.valueOf(hashKey)));
    }

    private Upstream.@Nullable KeepalivePool keepalivePool() {
        var pool = fields.object("keepalive_pool");
        return pool == null
                ? null
                : new Upstream.KeepalivePool(
                        pool.integer("size", POOL_SIZE),
                        pool.seconds("idle_timeout", IDLE_TIMEOUT),
                        pool.integer("requests", POOL_REQUESTS));
    }

    private Upstream.@Nullable UpstreamTls tls() {
        var tls = fields.object("tls");
        if (tls == null) {
            return null;
        }
        var certificate = tls.text("client_cert");
        var privateKey = tls.text("client_key");
        if (certificate != null && privateKey != null) {
            var fault = PemPairs.fault(certificate, privateKey);
            if (fault != null) {
                fields.violations().add(tls.pointer(), fault);
            }
        }
        return new Upstream.UpstreamTls(certificate, privateKey, tls.id("client_cert_id"), tls.flag("verify", false));
    }
}
