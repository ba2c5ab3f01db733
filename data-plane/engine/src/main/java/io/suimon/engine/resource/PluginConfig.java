package io.suimon.engine.resource;

import java.util.Map;

/** Plugins that several routes share. */
public record PluginConfig(ResourceKey key, Description description, Map<String, PluginSpec> plugins)
        implements Resource {

    public PluginConfig {
        plugins = Plugins.inOrder(plugins);
    }
}
