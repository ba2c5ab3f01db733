package io.suimon.engine.compile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.engine.plugin.Binding;
import io.suimon.engine.plugin.PluginCatalog;
import io.suimon.engine.plugin.PluginEntry;
import io.suimon.engine.plugin.PluginServices;
import io.suimon.engine.plugin.Proof;
import io.suimon.engine.resource.PluginSpec;
import io.suimon.engine.resource.Resource;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import io.suimon.engine.resource.Violation;
import io.suimon.engine.schema.SecretReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Binds the plugins of one resource; those that did not change keep their filter, and with it what the filter counts. */
final class Binder {

    private final PluginCatalog catalog;
    private final PluginServices services;

    Binder(PluginCatalog catalog, PluginServices services) {
        this.catalog = catalog;
        this.services = services;
    }

    /**
     * What the plugins of a resource came to.
     *
     * @param violations when not empty, the resource cannot run
     */
    record Bound(Map<String, BoundPlugin> plugins, List<Proof.Key> proofs, List<Violation> violations) {}

    /**
     * Binds.
     *
     * @param before the same resource's plugins until now
     * @param metadata of a plugin, by its name
     */
    Bound bind(Resource resource, Map<String, BoundPlugin> before, Function<String, @Nullable ObjectNode> metadata) {
        var specs = References.pluginsOf(resource);
        if (specs.isEmpty()) {
            return new Bound(Map.of(), List.of(), List.of());
        }
        var bound = new Bound(HashMap.newHashMap(specs.size()), new ArrayList<>(), new ArrayList<>());
        for (var spec : specs.values()) {
            if (provesIdentity(spec, resource.key())) {
                prove(spec, bound);
            } else {
                bind(spec, resource.key(), before.get(spec.name()), metadata.apply(spec.name()), bound);
            }
        }
        return new Bound(Map.copyOf(bound.plugins), List.copyOf(bound.proofs), List.copyOf(bound.violations));
    }

    private void bind(
            PluginSpec spec,
            ResourceKey owner,
            @Nullable BoundPlugin before,
            @Nullable ObjectNode metadata,
            Bound into) {
        if (before != null && isSame(before, spec, metadata)) {
            into.plugins.put(spec.name(), before);
            return;
        }
        if (owner.kind() == ResourceKind.CREDENTIAL) {
            into.violations.addAll(catalog.check(spec, PluginCatalog.Place.CREDENTIAL, metadata));
            return;
        }
        switch (catalog.bind(spec, owner, metadata, services)) {
            case Binding.Bound(var link, var group) -> {
                // An auth plugin of a consumer group has been passed by the time it is known who calls.
                if (owner.kind() != ResourceKind.CONSUMER_GROUP || !isAuth(spec)) {
                    into.plugins.put(spec.name(), new BoundPlugin(spec, metadata, link, group));
                }
            }
            case Binding.Disabled() -> into.plugins.put(spec.name(), new BoundPlugin(spec, metadata, null, null));
            case Binding.Refused(var violations) -> into.violations.addAll(violations);
        }
    }

    private static boolean isSame(BoundPlugin before, PluginSpec spec, @Nullable ObjectNode metadata) {
        return before.spec().equals(spec)
                && (metadata == null ? before.metadata() == null : metadata.equals(before.metadata()));
    }

    private void prove(PluginSpec spec, Bound into) {
        if (SecretReference.isWithin(spec.config())) {
            // Nobody can be known by a secret that is only named.
            return;
        }
        switch (catalog.proof(spec)) {
            case Proof.Key key -> into.proofs.add(key);
            case Proof.Disabled() -> {}
            case Proof.Refused(var violations) -> into.violations.addAll(violations);
        }
    }

    private boolean provesIdentity(PluginSpec spec, ResourceKey owner) {
        return (owner.kind() == ResourceKind.CONSUMER || owner.kind() == ResourceKind.CREDENTIAL) && isAuth(spec);
    }

    private boolean isAuth(PluginSpec spec) {
        return catalog.find(spec.name()).filter(PluginEntry::isAuth).isPresent();
    }
}
