package io.suimon.engine.compile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.engine.plugin.FilterChain;
import io.suimon.engine.plugin.SharedGroup;
import io.suimon.engine.resource.PluginSpec;
import org.jspecify.annotations.Nullable;

/**
 * A plugin of one resource with the filter it became.
 *
 * @param metadata what it was bound with
 * @param link null when the plugin is disabled here: it still stands in the way of what others say about the plugin
 * @param group what it shares its state with, or null
 */
record BoundPlugin(
        PluginSpec spec,
        @Nullable ObjectNode metadata,
        FilterChain.@Nullable Link link,
        @Nullable SharedGroup group) {}
