package io.suimon.controlplane.admission;

import io.suimon.engine.resource.Credential;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import java.util.Optional;

/** Refuses a credential of nobody. */
final class OwnerCheck implements Check {

    @Override
    public Optional<Verdict.Refused> review(Candidate candidate, StoredObjects objects) {
        return candidate.resource() instanceof Credential credential
                        && objects.get(new ResourceKey(ResourceKind.CONSUMER, credential.username()))
                                .isEmpty()
                ? Optional.of(new Verdict.Refused(404, "consumer not found"))
                : Optional.empty();
    }
}
