package io.suimon.dataplane.sync;

import java.util.List;
import java.util.Map;

/**
 * What this node tells the control plane of itself.
 *
 * @param id 1 to 128 letters, digits, {@code . _ -}; no two nodes have the same
 * @param version of the software, for people
 * @param address host name and traffic addresses, for people
 * @param plugins names of the plugins it can run
 */
public record NodeDescription(
        String id, Map<String, String> labels, String version, String address, List<String> plugins) {

    public NodeDescription {
        labels = Map.copyOf(labels);
        plugins = List.copyOf(plugins);
    }
}
