package io.suimon.controlplane.admission;

import io.suimon.engine.resource.Certificate;
import io.suimon.engine.resource.Consumer;
import io.suimon.engine.resource.ConsumerGroup;
import io.suimon.engine.resource.Credential;
import io.suimon.engine.resource.GlobalRule;
import io.suimon.engine.resource.PluginConfig;
import io.suimon.engine.resource.PluginMetadata;
import io.suimon.engine.resource.PluginSpec;
import io.suimon.engine.resource.Proto;
import io.suimon.engine.resource.Resource;
import io.suimon.engine.resource.Route;
import io.suimon.engine.resource.Secret;
import io.suimon.engine.resource.Service;
import io.suimon.engine.resource.StreamRoute;
import io.suimon.engine.resource.Upstream;
import java.util.Map;

/**
 * A resource that is to be stored.
 *
 * @param json as it would be stored, with its secrets plain; shared, so nobody writes to it
 */
record Candidate(Resource resource, byte[] json) {

    /** Its plugins by name, in the author's order. */
    Map<String, PluginSpec> plugins() {
        return switch (resource) {
            case Route route -> route.plugins();
            case Service service -> service.plugins();
            case Consumer consumer -> consumer.plugins();
            case Credential credential -> credential.plugins();
            case ConsumerGroup group -> group.plugins();
            case PluginConfig config -> config.plugins();
            case GlobalRule rule -> rule.plugins();
            case StreamRoute route -> route.plugins();
            case Upstream upstream -> Map.of();
            case PluginMetadata metadata -> Map.of();
            case Certificate certificate -> Map.of();
            case Proto proto -> Map.of();
            case Secret secret -> Map.of();
        };
    }
}
