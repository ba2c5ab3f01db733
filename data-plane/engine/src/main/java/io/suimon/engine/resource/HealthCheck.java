package io.suimon.engine.resource;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How an upstream's endpoints are judged.
 *
 * @param passive null means requests are not counted
 */
public record HealthCheck(Active active, @Nullable Passive passive) {

    /** What a probe or a counted exchange speaks. */
    public enum Type {
        HTTP,
        HTTPS,
        TCP
    }

    /**
     * Probing.
     *
     * @param host what the probe's Host says; null means the upstream's
     * @param port null means the endpoint's
     * @param requestHeaders complete lines, {@code Name: value}
     * @param healthyInterval between probes of a healthy endpoint; zero means it is never probed
     * @param unhealthyInterval between probes of an unhealthy endpoint; zero means it is never probed
     */
    public record Active(
            Type type,
            Duration timeout,
            int concurrency,
            @Nullable String host,
            @Nullable Integer port,
            String method,
            String path,
            String body,
            List<String> requestHeaders,
            boolean verifyCertificate,
            Duration healthyInterval,
            Duration unhealthyInterval,
            Thresholds thresholds) {

        public Active {
            requestHeaders = List.copyOf(requestHeaders);
        }
    }

    /** Counting what real exchanges tell. */
    public record Passive(Type type, Thresholds thresholds) {}

    /** How much it takes to change one's mind; 0 turns a counter off. */
    public record Thresholds(
            Set<Integer> healthyStatuses,
            int successes,
            Set<Integer> unhealthyStatuses,
            int httpFailures,
            int tcpFailures,
            int timeouts) {

        public Thresholds {
            healthyStatuses = Collections.unmodifiableSet(new LinkedHashSet<>(healthyStatuses));
            unhealthyStatuses = Collections.unmodifiableSet(new LinkedHashSet<>(unhealthyStatuses));
        }
    }
}
