package io.suimon.controlplane;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.suimon.controlplane.mirror.Mirror;
import io.suimon.controlplane.store.EndpointHealth;
import io.suimon.controlplane.store.MeteredConfigStore;
import io.suimon.controlplane.stream.NodeRegistry;
import io.suimon.controlplane.stream.StreamCounters;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Shows what this process knows of the store and of the nodes. */
@Singleton
final class ProcessMetrics {

    private final Mirror mirror;
    private final MeteredConfigStore store;
    private final NodeRegistry nodes;
    private final StreamCounters stream;

    ProcessMetrics(Mirror mirror, MeteredConfigStore store, NodeRegistry nodes, StreamCounters stream) {
        this.mirror = mirror;
        this.store = store;
        this.nodes = nodes;
        this.stream = stream;
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
        bindWritesTo(registry);
        store.endpoints().forEach(endpoint -> bindEndpointTo(registry, endpoint.endpoint()));
        bindNodesTo(registry);
        for (var kind : ResourceKind.values()) {
            Gauge.builder("suimon.store.resources", mirror, mirror -> count(mirror, kind))
                    .description("Resources in the view")
                    .tag("kind", kind.directory())
                    .register(registry);
        }
    }

    private void bindWritesTo(MeterRegistry registry) {
        for (var outcome : MeteredConfigStore.Outcome.values()) {
            FunctionCounter.builder("suimon.store.writes", store, counted -> counted.writes(outcome))
                    .description("Transactions by what became of them")
                    .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        Gauge.builder("suimon.store.reachable", store, known -> known.reachable() ? 1 : 0)
                .description("1 while the store answers")
                .register(registry);
    }

    private void bindEndpointTo(MeterRegistry registry, String endpoint) {
        Gauge.builder("suimon.etcd.endpoint.up", store, known -> health(known, endpoint, now -> now.up() ? 1 : 0))
                .description("1 while it is used")
                .tag("endpoint", endpoint)
                .register(registry);
        endpointCounter(registry, endpoint, "answers", "Answers it gave", EndpointHealth::answers);
        endpointCounter(registry, endpoint, "failures", "Calls and probes it failed", EndpointHealth::failures);
        endpointCounter(registry, endpoint, "leaves", "Times it was left out", EndpointHealth::leaves);
    }

    private void endpointCounter(
            MeterRegistry registry,
            String endpoint,
            String name,
            String description,
            ToDoubleFunction<EndpointHealth> value) {
        FunctionCounter.builder("suimon.etcd.endpoint." + name, store, known -> health(known, endpoint, value))
                .description(description)
                .tag("endpoint", endpoint)
                .register(registry);
    }

    private static double health(MeteredConfigStore store, String endpoint, ToDoubleFunction<EndpointHealth> value) {
        return store.endpoints().stream()
                .filter(each -> each.endpoint().equals(endpoint))
                .mapToDouble(value)
                .findFirst()
                .orElse(Double.NaN);
    }

    private void bindNodesTo(MeterRegistry registry) {
        Gauge.builder("suimon.nodes.connected", nodes, NodeRegistry::size)
                .description("Nodes connected")
                .register(registry);
        counter(registry, "suimon.nodes.snapshots", "Snapshots begun", StreamCounters::snapshots);
        counter(registry, "suimon.nodes.deltas", "Deltas begun", StreamCounters::deltas);
        counter(
                registry,
                "suimon.nodes.digest.mismatches",
                "Acknowledgements of something else than what was sent",
                StreamCounters::digestMismatches);
        counter(
                registry,
                "suimon.nodes.refusals",
                "Streams ended for what the node did or was",
                StreamCounters::refusals);
    }

    private void counter(
            MeterRegistry registry, String name, String description, ToDoubleFunction<StreamCounters> value) {
        FunctionCounter.builder(name, stream, value).description(description).register(registry);
    }

    private void gauge(MeterRegistry registry, String name, String description, ToDoubleFunction<Mirror> value) {
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
