package io.suimon.controlplane.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.engine.plugin.PluginCatalog;
import io.suimon.engine.plugin.PluginCatalog.Place;
import io.suimon.engine.resource.Consumer;
import io.suimon.engine.resource.Credential;
import io.suimon.engine.resource.PluginMetadata;
import io.suimon.engine.resource.PluginSpec;
import io.suimon.engine.resource.Resource;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import io.suimon.engine.resource.StreamRoute;
import io.suimon.engine.resource.Violation;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Refuses plugins there are not, and configurations they do not take. */
final class PluginCheck implements Check {

    private final PluginCatalog catalog;

    PluginCheck(PluginCatalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public Optional<Verdict.Refused> review(Candidate candidate, StoredObjects objects) {
        return refusal(candidate, name -> objects.get(new ResourceKey(ResourceKind.PLUGIN_METADATA, name)));
    }

    /**
     * What is wrong with a candidate's plugins.
     *
     * @param metadata of a plugin, by its name
     */
    Optional<Verdict.Refused> refusal(Candidate candidate, Function<String, Optional<ObjectNode>> metadata) {
        if (candidate.resource() instanceof PluginMetadata(var key, var value)) {
            return first(catalog.checkMetadata(key.id(), value));
        }
        for (var spec : candidate.plugins().values()) {
            var refusal = candidate.resource() instanceof StreamRoute
                    ? first(catalog.checkStream(spec))
                    : check(spec, candidate.resource(), metadata);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    private Optional<Verdict.Refused> check(
            PluginSpec spec, Resource owner, Function<String, Optional<ObjectNode>> metadata) {
        var ofPlugin = spec.name().isEmpty() ? Optional.<ObjectNode>empty() : metadata.apply(spec.name());
        return first(catalog.check(spec, place(owner), ofPlugin.orElse(null)));
    }

    private static Place place(Resource owner) {
        if (owner instanceof Consumer) {
            return Place.CONSUMER;
        }
        return owner instanceof Credential ? Place.CREDENTIAL : Place.ROUTE;
    }

    private static Optional<Verdict.Refused> first(List<Violation> violations) {
        return violations.stream().findFirst().map(violation -> Verdict.Refused.because(violation.message()));
    }
}
