package io.suimon.engine.resource;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What several routes have in common; each route may override it.
 *
 * @param hosts host patterns, lower-case, for routes that name none; empty means any
 * @param enableWebsocket null when the service does not say
 */
public record Service(
        ResourceKey key,
        Description description,
        List<String> hosts,
        Map<String, PluginSpec> plugins,
        @Nullable String script,
        @Nullable Upstream upstream,
        @Nullable String upstreamId,
        @Nullable Boolean enableWebsocket)
        implements Resource {

    public Service {
        hosts = List.copyOf(hosts);
        plugins = Plugins.inOrder(plugins);
    }
}
