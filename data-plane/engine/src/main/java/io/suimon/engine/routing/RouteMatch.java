package io.suimon.engine.routing;

import io.suimon.engine.http.PathCapture;
import org.jspecify.annotations.Nullable;

/**
 * A rule that was found, and how. Immutable, made with the table: finding it allocates nothing.
 *
 * @param uriPattern the rule's pattern that the path matched, as wire text
 * @param hostPattern the rule's pattern that the host matched; null when it has none
 * @param capture what the pattern captures
 */
public record RouteMatch<T>(
        RouteRule<T> rule, String uriPattern, @Nullable String hostPattern, PathCapture capture) {

    public T payload() {
        return rule.payload();
    }
}
