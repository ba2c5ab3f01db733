package io.suimon.engine.compile;

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
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import io.suimon.engine.resource.Route;
import io.suimon.engine.resource.Secret;
import io.suimon.engine.resource.Service;
import io.suimon.engine.resource.StreamRoute;
import io.suimon.engine.resource.Upstream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a resource has to be compiled anew for when it changes. */
final class References {

    private References() {}

    /** The keys, each once; what they name need not exist. */
    static List<ResourceKey> of(Resource resource) {
        var keys = new ArrayList<ResourceKey>(4);
        switch (resource) {
            case Route route -> {
                add(keys, ResourceKind.SERVICE, route.serviceId());
                add(keys, ResourceKind.UPSTREAM, route.upstreamId());
                add(keys, ResourceKind.PLUGIN_CONFIG, route.pluginConfigId());
                addClientCertificate(keys, route.upstream());
            }
            case Service service -> {
                add(keys, ResourceKind.UPSTREAM, service.upstreamId());
                addClientCertificate(keys, service.upstream());
            }
            case Credential credential -> add(keys, ResourceKind.CONSUMER, credential.username());
            case Consumer plain -> {}
            case ConsumerGroup plain -> {}
            case PluginConfig plain -> {}
            case GlobalRule plain -> {}
            case Upstream upstream -> addClientCertificate(keys, upstream);
            case PluginMetadata plain -> {}
            case Certificate plain -> {}
            case Proto plain -> {}
            case Secret plain -> {}
            case StreamRoute plain -> {}
        }
        for (var plugin : pluginsOf(resource).keySet()) {
            add(keys, ResourceKind.PLUGIN_METADATA, plugin);
        }
        return keys;
    }

    /** The plugins written on a resource, by name. */
    static Map<String, PluginSpec> pluginsOf(Resource resource) {
        return switch (resource) {
            case Route route -> route.plugins();
            case Service service -> service.plugins();
            case PluginConfig config -> config.plugins();
            case GlobalRule rule -> rule.plugins();
            case ConsumerGroup group -> group.plugins();
            case Consumer consumer -> consumer.plugins();
            case Credential credential -> credential.plugins();
            case Upstream plain -> Map.of();
            case PluginMetadata plain -> Map.of();
            case Certificate plain -> Map.of();
            case Proto plain -> Map.of();
            case Secret plain -> Map.of();
            case StreamRoute plain -> Map.of();
        };
    }

    private static void addClientCertificate(List<ResourceKey> keys, @Nullable Upstream upstream) {
        var tls = upstream == null ? null : upstream.tls();
        if (tls != null) {
            add(keys, ResourceKind.SSL, tls.clientCertificateId());
        }
    }

    private static void add(List<ResourceKey> keys, ResourceKind kind, @Nullable String id) {
        if (id != null && !id.isEmpty()) {
            keys.add(new ResourceKey(kind, id));
        }
    }
}
