package io.suimon.engine.compile;

import io.suimon.engine.plugin.FilterChain;
import io.suimon.engine.plugin.Proof;
import io.suimon.engine.plugin.SharedGroup;
import io.suimon.engine.resource.Resource;
import io.suimon.engine.resource.StoredResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A resource in the form that runs: parsed, its plugins bound. Immutable.
 *
 * @param source what it was parsed from
 * @param plugins by name; without the auth plugins of a consumer, credential or consumer group
 * @param chain these plugins, and no others
 * @param proofs what a consumer or credential proves who they are with
 * @param target where requests go by this resource, as an upstream or by the one written in it; else null
 * @param conditions of a route; else null
 */
record LiveResource(
        Resource resource,
        StoredResource source,
        Map<String, BoundPlugin> plugins,
        FilterChain chain,
        List<Proof.Key> proofs,
        @Nullable UpstreamTarget target,
        @Nullable RouteConditions conditions) {

    /** The groups its plugins share their state with: at most one for each plugin. */
    List<SharedGroup> groups() {
        var groups = new ArrayList<SharedGroup>(0);
        for (var plugin : plugins.values()) {
            if (plugin.group() != null) {
                groups.add(plugin.group());
            }
        }
        return groups;
    }
}
