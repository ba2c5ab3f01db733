package io.suimon.controlplane;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.suimon.controlplane.mirror.Mirror;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import jakarta.inject.Singleton;

/** Shows what this process knows of the store. */
@Singleton
final class StoreMetrics {

    private final Mirror mirror;

    StoreMetrics(Mirror mirror) {
        this.mirror = mirror;
    }

    void bindTo(MeterRegistry registry) {
        gauge(
                registry,
                "suimon.store.revision",
                "Revision of the view",
                mirror -> mirror.view().revision());
        gauge(
                registry,
                "suimon.store.stale.seconds",
                "How long the view has been behind the store",
                mirror -> mirror.staleFor().toMillis() / 1000.0);
        gauge(
                registry,
                "suimon.store.frozen",
                "1 while the view is frozen",
                mirror -> mirror.alarm().isPresent() ? 1 : 0);
        for (var kind : ResourceKind.values()) {
            Gauge.builder("suimon.store.resources", mirror, mirror -> count(mirror, kind))
                    .description("Resources in the view")
                    .tag("kind", kind.directory())
                    .register(registry);
        }
    }

    private void gauge(
            MeterRegistry registry,
            String name,
            String description,
            java.util.function.ToDoubleFunction<Mirror> value) {
        Gauge.builder(name, mirror, value).description(description).register(registry);
    }

    private static double count(Mirror mirror, ResourceKind kind) {
        var folder = kind == ResourceKind.CREDENTIAL ? ResourceKind.CONSUMER : kind;
        return mirror.view().range(folder.directory() + "/").stream()
                .filter(entry -> ResourceKey.ofPath(entry.path())
                        .filter(key -> key.kind() == kind)
                        .isPresent())
                .count();
    }
}
