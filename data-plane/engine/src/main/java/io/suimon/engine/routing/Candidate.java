package io.suimon.engine.routing;

import io.suimon.engine.expression.Expression;
import io.suimon.engine.http.Exchange;
import io.suimon.engine.net.CidrBlock;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One rule at one of its patterns, as it lies in a table. Ordered by when it is tried. Immutable.
 *
 * @param position of the pattern among the rule's: of equal ones the earlier is tried first
 * @param hosts patterns of which one has to match; empty when the place in the table already says that
 * @param match what is found; its host pattern is that of the place
 */
record Candidate<T>(PathPattern path, int position, List<HostPattern> hosts, RouteMatch<T> match)
        implements Comparable<Candidate<T>> {

    private static final Comparator<Candidate<?>> ORDER = Comparator.<Candidate<?>>comparingInt(
                    candidate -> -candidate.match.rule().priority())
            .thenComparingInt(candidate -> -candidate.match.uriPattern().length())
            .thenComparingLong(candidate -> candidate.match.rule().order())
            .thenComparing(candidate -> candidate.match.rule().key())
            .thenComparingInt(candidate -> candidate.position)
            .thenComparing(candidate -> candidate.match.hostPattern() == null ? "" : candidate.match.hostPattern());

    @Override
    public int compareTo(Candidate<T> other) {
        return ORDER.compare(this, other);
    }

    /** What is found for this exchange, whose path begins with the pattern's prefix; null when a condition does not hold. */
    @Nullable
    RouteMatch<T> test(Exchange exchange, int method) {
        return failing(exchange, method) == null ? found(exchange) : null;
    }

    /** The first condition that does not hold, or null. */
    Explanation.@Nullable Condition failing(Exchange exchange, int method) {
        var rule = match.rule();
        if (rule.methods() != Methods.ANY && (rule.methods() & method) == 0) {
            return Explanation.Condition.METHOD;
        }
        if (!path.matches(exchange.request().path())) {
            return Explanation.Condition.PATH;
        }
        if (!hosts.isEmpty() && host(exchange) == null) {
            return Explanation.Condition.HOST;
        }
        if (!rule.remoteAddresses().isEmpty()
                && !CidrBlock.anyContains(rule.remoteAddresses(), exchange.clientAddress())) {
            return Explanation.Condition.REMOTE_ADDRESS;
        }
        Expression vars = rule.vars();
        return vars == null || vars.test(exchange) ? null : Explanation.Condition.VARS;
    }

    /** The match, told which of several hosts it was. */
    RouteMatch<T> found(Exchange exchange) {
        var host = hosts.isEmpty() ? null : host(exchange);
        return host == null ? match : new RouteMatch<>(match.rule(), match.uriPattern(), host.text(), match.capture());
    }

    private @Nullable HostPattern host(Exchange exchange) {
        for (int i = 0; i < hosts.size(); i++) {
            if (hosts.get(i).matches(exchange.request())) {
                return hosts.get(i);
            }
        }
        return null;
    }
}
