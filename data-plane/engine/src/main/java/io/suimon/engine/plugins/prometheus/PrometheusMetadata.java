package io.suimon.engine.plugins.prometheus;

import java.util.Map;
import java.util.Set;

/**
 * What holds for every use of the plugin.
 *
 * @param disabledLabels for a metric, the labels whose value is left empty
 */
public record PrometheusMetadata(Map<String, Set<String>> disabledLabels) {

    public PrometheusMetadata {
        disabledLabels = Map.copyOf(disabledLabels);
    }
}
