package io.suimon.engine.routing;

import io.suimon.engine.expression.Expression;
import io.suimon.engine.net.CidrBlock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a route asks of a request.
 *
 * @param <T> what is found
 * @param key names the rule among all of a table
 * @param uris path patterns in configuration text; never empty
 * @param hosts host patterns in lower case; empty means any
 * @param methods {@link Methods#mask}; {@link Methods#ANY} means any
 * @param remoteAddresses blocks one of which the client must be in; empty means any
 * @param vars what else must hold, or null
 * @param priority higher is tried first among rules of the same path
 * @param order of rules that are equal in all else the lower is tried first: the store's order
 */
public record RouteRule<T>(
        String key,
        T payload,
        List<String> uris,
        List<String> hosts,
        int methods,
        List<CidrBlock> remoteAddresses,
        @Nullable Expression vars,
        int priority,
        long order) {

    public RouteRule {
        uris = List.copyOf(uris);
        hosts = List.copyOf(hosts);
        remoteAddresses = List.copyOf(remoteAddresses);
        if (uris.isEmpty()) {
            throw new IllegalArgumentException("uris: [] (expected: at least one)");
        }
    }
}
