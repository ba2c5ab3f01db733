package io.suimon.engine.resource;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A rule: which requests, what happens to them, where they go.
 *
 * @param uris path patterns in the author's order; never empty
 * @param hosts host patterns, lower-case; empty means the service's, or any
 * @param methods empty means any
 * @param remoteAddresses addresses and blocks the client must be in; empty means any
 * @param vars an expression as JSON text, or null
 * @param priority higher wins among routes of the same path
 * @param enabled false when {@code status} is 0: stored, and never matched
 * @param plugins in the author's order
 * @param upstream the inline one; {@code upstreamId} wins over it
 * @param enableWebsocket null when the route does not say
 */
public record Route(
        ResourceKey key,
        Description description,
        List<String> uris,
        List<String> hosts,
        Set<String> methods,
        List<String> remoteAddresses,
        @Nullable String vars,
        @Nullable String filterFunction,
        int priority,
        boolean enabled,
        Map<String, PluginSpec> plugins,
        @Nullable String script,
        @Nullable Upstream upstream,
        @Nullable String upstreamId,
        @Nullable String serviceId,
        @Nullable String pluginConfigId,
        @Nullable Timeouts timeouts,
        @Nullable Boolean enableWebsocket)
        implements Resource {

    public Route {
        uris = List.copyOf(uris);
        hosts = List.copyOf(hosts);
        methods = Collections.unmodifiableSet(new LinkedHashSet<>(methods));
        remoteAddresses = List.copyOf(remoteAddresses);
        plugins = Plugins.inOrder(plugins);
        if (uris.isEmpty()) {
            throw new IllegalArgumentException("uris: [] (expected: at least one)");
        }
    }
}
