package io.suimon.dataplane.proxy;

import io.suimon.engine.plugin.Filter;
import io.suimon.engine.plugin.Phase;
import io.suimon.engine.plugin.Plugin;
import io.suimon.engine.plugin.PluginHost;
import java.util.EnumSet;
import java.util.Set;

/** A plugin without a configuration: what it does is in the test. */
record FilterPlugin(String name, int priority, Set<Phase> phases, Filter filter)
        implements Plugin<FilterPlugin.NoConfig> {

    /** Nothing to say. */
    public record NoConfig() {}

    /** One for all phases. */
    FilterPlugin(String name, int priority, Filter filter) {
        this(name, priority, EnumSet.allOf(Phase.class), filter);
    }

    @Override
    public Class<NoConfig> configType() {
        return NoConfig.class;
    }

    @Override
    public Filter bind(NoConfig config, PluginHost host) {
        return filter;
    }
}
