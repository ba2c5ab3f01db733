package io.suimon.engine.compile;

import io.suimon.engine.plugin.FilterChain;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Puts the plugins of several resources over one another: of each plugin the topmost configuration counts, as a whole. */
final class PluginLayers {

    /** By descending priority; among equals by name, so that every node has the same order. */
    static final Comparator<FilterChain.Link> ORDER =
            Comparator.comparingInt(FilterChain.Link::priority).reversed().thenComparing(FilterChain.Link::plugin);

    private PluginLayers() {}

    /** What counts of these layers, the lowest first; null stands for none. */
    static Map<String, BoundPlugin> merge(List<@Nullable LiveResource> layers) {
        var merged = new HashMap<String, BoundPlugin>();
        for (var layer : layers) {
            if (layer != null) {
                merged.putAll(layer.plugins());
            }
        }
        return merged;
    }

    /** The chain of what counts of these layers, the lowest first; null stands for none. */
    static FilterChain chain(List<@Nullable LiveResource> layers) {
        LiveResource speaking = null;
        for (var layer : layers) {
            if (layer != null && !layer.plugins().isEmpty()) {
                if (speaking != null) {
                    return chain(merge(layers));
                }
                speaking = layer;
            }
        }
        return speaking == null ? FilterChain.EMPTY : speaking.chain();
    }

    /** The chain of these plugins. */
    static FilterChain chain(Map<String, BoundPlugin> plugins) {
        if (plugins.isEmpty()) {
            return FilterChain.EMPTY;
        }
        var links = plugins.values().stream()
                .map(BoundPlugin::link)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .sorted(ORDER)
                .toList();
        return links.isEmpty() ? FilterChain.EMPTY : new FilterChain(links);
    }
}
