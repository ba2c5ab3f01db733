package io.suimon.engine.resource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code checks}. The schema fills defaults only into objects that are there: an absent {@code healthy} or {@code unhealthy}
 * means that endpoints in that state are never probed, and has the usual thresholds.
 */
final class HealthCheckReader {

    private static final Duration NEVER = Duration.ZERO;
    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final int CONCURRENCY = 10;

    private static final HealthCheck.Thresholds ACTIVE =
            new HealthCheck.Thresholds(ordered(200, 302), 2, ordered(429, 404, 500, 501, 502, 503, 504, 505), 5, 2, 3);
    private static final HealthCheck.Thresholds PASSIVE = new HealthCheck.Thresholds(
            ordered(200, 201, 202, 203, 204, 205, 206, 207, 208, 226, 300, 301, 302, 303, 304, 305, 306, 307, 308),
            5,
            ordered(429, 500, 503),
            5,
            2,
            7);

    private HealthCheckReader() {}

    static @Nullable HealthCheck read(Fields upstream) {
        var checks = upstream.object("checks");
        var active = checks == null ? null : checks.object("active");
        if (checks == null || active == null) {
            return null;
        }
        var passive = checks.object("passive");
        return new HealthCheck(
                active(active),
                passive == null ? null : new HealthCheck.Passive(type(passive), thresholds(passive, PASSIVE)));
    }

    private static HealthCheck.Active active(Fields active) {
        return new HealthCheck.Active(
                type(active),
                active.seconds("timeout", TIMEOUT),
                active.integer("concurrency", CONCURRENCY),
                active.text("host"),
                active.integer("port"),
                active.text("http_method", "GET"),
                active.text("http_path", "/"),
                active.text("http_req_body", ""),
                active.texts("req_headers"),
                active.flag("https_verify_certificate", true),
                part(active, "healthy").seconds("interval", NEVER),
                part(active, "unhealthy").seconds("interval", NEVER),
                thresholds(active, ACTIVE));
    }

    private static HealthCheck.Type type(Fields check) {
        return check.choice(HealthCheck.Type.class, "type", HealthCheck.Type.HTTP);
    }

    private static HealthCheck.Thresholds thresholds(Fields check, HealthCheck.Thresholds usual) {
        var healthy = part(check, "healthy");
        var unhealthy = part(check, "unhealthy");
        return new HealthCheck.Thresholds(
                statuses(healthy, usual.healthyStatuses()),
                healthy.integer("successes", usual.successes()),
                statuses(unhealthy, usual.unhealthyStatuses()),
                unhealthy.integer("http_failures", usual.httpFailures()),
                unhealthy.integer("tcp_failures", usual.tcpFailures()),
                unhealthy.integer("timeouts", usual.timeouts()));
    }

    private static Set<Integer> ordered(Integer... statuses) {
        return new LinkedHashSet<>(List.of(statuses));
    }

    private static Set<Integer> statuses(Fields part, Set<Integer> usual) {
        List<Integer> statuses = part.integers("http_statuses");
        return statuses.isEmpty() ? usual : new LinkedHashSet<>(statuses);
    }

    private static Fields part(Fields check, String name) {
        var part = check.object(name);
        return part == null
                ? new Fields(JsonNodeFactory.instance.objectNode(), check.pointer(), check.violations())
                : part;
    }
}
