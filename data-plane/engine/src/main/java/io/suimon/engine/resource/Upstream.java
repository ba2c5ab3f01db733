package io.suimon.engine.resource;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A named set of endpoints and how requests are spread over them.
 *
 * @param key its own, or for an inline upstream that of the resource around it
 * @param endpoints in the author's order; may be empty, and then every request is answered 503
 * @param discovery where the endpoints come from when they are not listed; null means they are
 * @param retries null means the number of endpoints less one
 * @param retryTimeout zero means unlimited
 * @param timeouts null means the default ones
 * @param keepalivePool null means the default one
 * @param healthCheck null means every endpoint counts as healthy
 */
public record Upstream(
        ResourceKey key,
        Description description,
        Scheme scheme,
        List<Endpoint> endpoints,
        @Nullable Discovery discovery,
        Balancing balancing,
        PassHost passHost,
        @Nullable String upstreamHost,
        @Nullable Integer retries,
        Duration retryTimeout,
        @Nullable Timeouts timeouts,
        @Nullable KeepalivePool keepalivePool,
        @Nullable HealthCheck healthCheck,
        @Nullable UpstreamTls tls)
        implements Resource {

    /** How an upstream is spoken to. */
    public enum Scheme {
        HTTP(80),
        HTTPS(443),
        GRPC(80),
        GRPCS(443),
        TCP(0),
        TLS(0),
        UDP(0),
        KAFKA(0);

        private final int defaultPort;

        Scheme(int defaultPort) {
            this.defaultPort = defaultPort;
        }

        /** Whether gRPC is spoken, and so HTTP/2. */
        public boolean isGrpc() {
            return this == GRPC || this == GRPCS;
        }

        /** Whether requests are forwarded this way, and not connections or messages. */
        public boolean isForwardedTo() {
            return this == HTTP || this == HTTPS || isGrpc();
        }

        /** Whether requests are encrypted on their way. */
        public boolean isEncrypted() {
            return this == HTTPS || this == GRPCS;
        }

        /** The port of an endpoint that names none; 0 when the scheme has none. */
        public int defaultPort() {
            return defaultPort;
        }
    }

    /** Which Host the endpoint is told: the client's, its own, or {@code upstreamHost}. */
    public enum PassHost {
        PASS,
        NODE,
        REWRITE
    }

    /**
     * Who is next.
     *
     * @param type {@code roundrobin}, {@code chash}, {@code ewma}, {@code least_conn}; any other text is stored and fails at run
     *     time, as APISIX has it
     * @param key what a consistent hash is taken of; null where the type needs none
     */
    public record Balancing(
            String type, HashOn hashOn, @Nullable String key) {

        /** What a consistent hash is taken of. */
        public enum HashOn {
            VARS,
            HEADER,
            COOKIE,
            CONSUMER,
            VARS_COMBINATIONS
        }
    }

    /**
     * Bounds of the idle connections kept to one endpoint.
     *
     * @param size idle connections per event loop
     * @param requests a connection is closed after so many
     */
    public record KeepalivePool(int size, Duration idleTimeout, int requests) {}

    /**
     * A service that a registry knows the endpoints of.
     *
     * @param type of the registry
     * @param metadata what each endpoint's own must contain; empty for no condition
     */
    public record Discovery(
            String type,
            String serviceName,
            @Nullable String namespaceId,
            @Nullable String groupName,
            Map<String, String> metadata) {
        public Discovery {
            metadata = Map.copyOf(metadata);
        }
    }

    /** What the endpoint is shown, and whether it is verified. */
    public record UpstreamTls(
            @Nullable String clientCertificate,
            @Nullable String clientKey,
            @Nullable String clientCertificateId,
            boolean verify) {

        @Override
        public String toString() {
            return "UpstreamTls[clientCertificateId=" + clientCertificateId + ", verify=" + verify + "]";
        }
    }

    public Upstream {
        endpoints = List.copyOf(endpoints);
    }

    /** The same, with what a registry knows. */
    public Upstream withEndpoints(List<Endpoint> found) {
        return new Upstream(
                key,
                description,
                scheme,
                found,
                discovery,
                balancing,
                passHost,
                upstreamHost,
                retries,
                retryTimeout,
                timeouts,
                keepalivePool,
                healthCheck,
                tls);
    }
}
