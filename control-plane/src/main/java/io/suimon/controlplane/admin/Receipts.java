package io.suimon.controlplane.admin;

import io.suimon.controlplane.stream.NodeRegistry;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * Holds the answer to a write until the nodes run it, where the query asks for that: {@code wait=applied&timeout=5}.
 *
 * <p>The status stays what the write came to; how far it came by the end of the wait is in a header. Thread-safe; calls block.
 */
@Singleton
final class Receipts {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration MAX_TIMEOUT = Duration.ofSeconds(60);

    private final NodeRegistry nodes;

    Receipts(NodeRegistry nodes) {
        this.nodes = nodes;
    }

    AdminAnswer hold(AdminRequest request, AdminAnswer answer) throws InterruptedException {
        var revision = answer.headers().get("X-Suimon-Revision");
        if (request.method().equals("GET")
                || answer.status() >= 300
                || revision == null
                || request.query().first("wait").filter("applied"::equals).isEmpty()) {
            return answer;
        }
        var come = nodes.awaitApplied(
                Long.parseLong(revision), propagation -> propagation.pending().isEmpty(), timeout(request));
        return answer.with("X-Suimon-Applied", come.applied().size() + "/" + come.nodes())
                .with("X-Suimon-Rejecting", Integer.toString(come.rejecting().size()));
    }

    private static Duration timeout(AdminRequest request) {
        return request.query()
                .first("timeout")
                .flatMap(text -> DecimalText.parse(text.endsWith("s") ? text.substring(0, text.length() - 1) : text))
                .map(seconds -> seconds.max(BigDecimal.ZERO).min(BigDecimal.valueOf(MAX_TIMEOUT.toSeconds())))
                .map(seconds -> Duration.ofMillis(
                        seconds.multiply(BigDecimal.valueOf(1000)).longValue()))
                .orElse(DEFAULT_TIMEOUT);
    }
}
