package io.suimon.engine.resource;

import java.util.Map;

/** Plugins that run for every request, matched or not. */
public record GlobalRule(ResourceKey key, Map<String, PluginSpec> plugins) implements Resource {

    public GlobalRule {
        plugins = Plugins.inOrder(plugins);
    }
}
