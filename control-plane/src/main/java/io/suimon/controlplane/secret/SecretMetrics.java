package io.suimon.controlplane.secret;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** Shows how references to secrets stand, and what asking for them comes to. */
@Singleton
public final class SecretMetrics {

    private final SecretResolver resolver;

    SecretMetrics(SecretResolver resolver) {
        this.resolver = resolver;
    }

    public void bindTo(MeterRegistry registry) {
        for (var state : SecretState.values()) {
            Gauge.builder("suimon.secrets.references", resolver, known -> known.count(state))
                    .description("References to secrets by how they stand")
                    .tag("state", state.word())
                    .register(registry);
        }
        fetches(registry, "ok", SecretResolver::successes);
        fetches(registry, "failed", SecretResolver::failures);
    }

    private void fetches(
            MeterRegistry registry, String outcome, java.util.function.ToDoubleFunction<SecretResolver> value) {
        FunctionCounter.builder("suimon.secrets.fetches", resolver, value)
                .description("Questions to secret managers by what became of them")
                .tag("outcome", outcome)
                .register(registry);
    }
}
