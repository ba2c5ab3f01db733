package io.suimon.controlplane.admission;

import io.suimon.engine.plugin.PluginCatalog;
import io.suimon.engine.plugin.PluginCatalog.Place;
import io.suimon.engine.resource.Consumer;
import io.suimon.engine.resource.Credential;
import io.suimon.engine.resource.PluginMetadata;
import io.suimon.engine.resource.PluginSpec;
import io.suimon.engine.resource.Resource;
import io.suimon.engine.resource.StreamRoute;
import io.suimon.engine.resource.Violation;
import java.util.List;
import java.util.Optional;

/** Refuses plugins there are not, and configurations they do not take. */
final class PluginCheck implements Check {

    private final PluginCatalog catalog;

    PluginCheck(PluginCatalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public Optional<Verdict.Refused> review(Candidate candidate, StoredObjects objects) {
        return refusal(candidate);
    }

    /** What is wrong with a candidate's plugins, whatever else there is. */
    Optional<Verdict.Refused> refusal(Candidate candidate) {
        if (candidate.resource() instanceof PluginMetadata(var key, var metadata)) {
            return first(catalog.checkMetadata(key.id(), metadata));
        }
        for (var spec : candidate.plugins().values()) {
            var refusal = candidate.resource() instanceof StreamRoute
                    ? Optional.of(Verdict.Refused.because("unknown plugin [" + spec.name() + "]"))
                    : check(spec, candidate.resource());
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    private Optional<Verdict.Refused> check(PluginSpec spec, Resource owner) {
        return first(catalog.check(spec, place(owner)));
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
