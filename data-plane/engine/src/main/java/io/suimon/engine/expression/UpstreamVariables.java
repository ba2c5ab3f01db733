package io.suimon.engine.expression;

import io.suimon.engine.http.Exchange;
import io.suimon.engine.http.HeaderName;
import io.suimon.engine.http.UpstreamAttempt;
import io.suimon.engine.net.IpLiteral;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

import static java.util.Map.entry;

/** Where the request went. What is said of each try is separated by commas; {@code -} is what did not happen. */
final class UpstreamVariables {

    static final Map<String, Variable> ALL = Map.ofEntries(
            entry("upstream_addr", each(attempt -> text(attempt.address))),
            entry("upstream_status", each(attempt -> attempt.status == 0 ? "-" : Integer.toString(attempt.status))),
            entry("upstream_connect_time", each(attempt -> seconds(attempt.connectNanos))),
            entry("upstream_header_time", each(attempt -> seconds(attempt.headerNanos))),
            entry("upstream_response_time", each(attempt -> seconds(attempt.totalNanos))),
            entry("upstream_response_length", each(attempt -> Long.toString(attempt.responseBytes))),
            entry("upstream_host", RequestVariables.set("upstream_host", UpstreamVariables::host)),
            entry("upstream_uri", RequestVariables.set("upstream_uri", UpstreamVariables::uri)),
            entry("upstream_unresolved_host", last(attempt -> attempt.host)),
            entry("balancer_ip", last(attempt -> ip(attempt.address))),
            entry("balancer_port", last(attempt -> attempt.address.getPort())));

    private UpstreamVariables() {}

    private static Variable each(Function<UpstreamAttempt, String> part) {
        return exchange -> {
            var attempts = exchange.attempts();
            if (attempts.isEmpty()) {
                return null;
            }
            var text = new StringBuilder(part.apply(attempts.getFirst()));
            for (int i = 1; i < attempts.size(); i++) {
                text.append(", ").append(part.apply(attempts.get(i)));
            }
            return text.toString();
        };
    }

    private static Variable last(Function<UpstreamAttempt, Object> part) {
        return exchange -> exchange.attempts().isEmpty()
                ? null
                : part.apply(exchange.attempts().getLast());
    }

    private static @Nullable String host(Exchange exchange) {
        var rewritten = exchange.upstream().host();
        return rewritten == null ? exchange.request().headers().first(HeaderName.HOST) : rewritten;
    }

    private static String uri(Exchange exchange) {
        var rewritten = exchange.upstream().target();
        return rewritten == null ? exchange.request().rawPath() : rewritten;
    }

    private static String text(InetSocketAddress address) {
        var ip = ip(address);
        return (ip.indexOf(':') < 0 ? ip : "[" + ip + "]") + ":" + address.getPort();
    }

    private static String ip(InetSocketAddress address) {
        return address.isUnresolved() ? address.getHostString() : IpLiteral.text(address.getAddress());
    }

    private static String seconds(long nanos) {
        return nanos < 0 ? "-" : ResponseVariables.seconds(TimeUnit.NANOSECONDS.toMillis(nanos));
    }
}
