package io.suimon.engine.resource;

import java.util.Map;

/** Plugins that several consumers share. */
public record ConsumerGroup(ResourceKey key, Description description, Map<String, PluginSpec> plugins)
        implements Resource {

    public ConsumerGroup {
        plugins = Plugins.inOrder(plugins);
    }
}
