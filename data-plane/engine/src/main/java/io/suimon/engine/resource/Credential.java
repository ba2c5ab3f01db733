package io.suimon.engine.resource;

import java.util.Map;

/** One more way for a consumer to prove who they are. */
public record Credential(ResourceKey key, Description description, Map<String, PluginSpec> plugins)
        implements Resource {

    public Credential {
        plugins = Plugins.inOrder(plugins);
    }

    /** The consumer it belongs to. */
    public String username() {
        return key.parentId();
    }
}
