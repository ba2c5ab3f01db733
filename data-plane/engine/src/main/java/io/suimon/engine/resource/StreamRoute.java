package io.suimon.engine.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A rule for connections rather than requests.
 *
 * @param protocol the protocol spoken inside the connection, as written; null means none is looked at
 */
public record StreamRoute(
        ResourceKey key,
        Description description,
        @Nullable String remoteAddress,
        @Nullable String serverAddress,
        @Nullable Integer serverPort,
        @Nullable String sni,
        Map<String, PluginSpec> plugins,
        @Nullable Upstream upstream,
        @Nullable String upstreamId,
        @Nullable String serviceId,
        @Nullable ObjectNode protocol)
        implements Resource {

    public StreamRoute {
        plugins = Plugins.inOrder(plugins);
    }
}
