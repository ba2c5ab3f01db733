package io.suimon.engine.compile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.suimon.engine.expression.Expression;
import io.suimon.engine.expression.InvalidExpressionException;
import io.suimon.engine.net.CidrBlock;
import io.suimon.engine.resource.Route;
import io.suimon.engine.resource.Violation;
import io.suimon.engine.routing.Methods;
import io.suimon.engine.routing.RouteRule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Those conditions of a route that have to be compiled. Immutable. */
record RouteConditions(
        List<CidrBlock> remoteAddresses, @Nullable Expression vars) {

    private static final JsonMapper JSON = new JsonMapper();

    /** Compiles them; what cannot be is added to the violations. */
    static RouteConditions of(Route route, List<Violation> violations) {
        var blocks = new ArrayList<CidrBlock>(route.remoteAddresses().size());
        for (var text : route.remoteAddresses()) {
            try {
                blocks.add(CidrBlock.parse(text));
            } catch (IllegalArgumentException e) {
                violations.add(new Violation("/remote_addrs", String.valueOf(e.getMessage())));
            }
        }
        return new RouteConditions(List.copyOf(blocks), vars(route.vars(), violations));
    }

    private static @Nullable Expression vars(@Nullable String text, List<Violation> violations) {
        if (text == null) {
            return null;
        }
        try {
            return Expression.compile(JSON.readTree(text));
        } catch (InvalidExpressionException e) {
            violations.add(new Violation("/vars", e.text()));
            return null;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("vars: kept as text that is not JSON", e);
        }
    }

    /**
     * The rule of the route.
     *
     * @param hosts its own or inherited
     * @param created the revision at which it came to be: of equal routes the older one is tried first
     */
    RouteRule<RouteRuntime> rule(Route route, List<String> hosts, long created, RouteRuntime runtime) {
        return new RouteRule<>(
                route.key().id(),
                runtime,
                route.uris(),
                hosts,
                Methods.mask(route.methods()),
                remoteAddresses,
                vars,
                route.priority(),
                created);
    }
}
