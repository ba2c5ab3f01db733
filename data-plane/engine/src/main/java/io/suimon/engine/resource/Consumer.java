package io.suimon.engine.resource;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Someone who calls: who they are by their auth plugins, and what applies to them by the others. */
public record Consumer(
        ResourceKey key, Description description, @Nullable String groupId, Map<String, PluginSpec> plugins)
        implements Resource {

    public Consumer {
        plugins = Plugins.inOrder(plugins);
    }

    /** The name it is known by; unique. */
    public String username() {
        return key.id();
    }
}
