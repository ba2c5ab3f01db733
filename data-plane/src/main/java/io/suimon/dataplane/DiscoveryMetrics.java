package io.suimon.dataplane;

import io.suimon.dataplane.discovery.DiscoveryStatus;
import io.suimon.dataplane.telemetry.MetricsRegistry;
import java.util.function.Supplier;

/** Tells how services of registries stand, in metrics. */
record DiscoveryMetrics(Supplier<DiscoveryStatus> status) {

    void register(MetricsRegistry registry) {
        registry.gauge(
                "suimon_discovery_services",
                "Services that are followed",
                () -> status.get().services());
        registry.gauge(
                "suimon_discovery_endpoints",
                "Endpoints of the services that are followed",
                () -> status.get().endpoints());
        registry.gauge(
                "suimon_discovery_silent_services",
                "Services whose registry does not say what they have",
                () -> status.get().silent());
        registry.gauge(
                "suimon_discovery_silent_seconds",
                "Age of the oldest endpoints that are used as their registry does not say what there is",
                () -> status.get().silentSeconds());
        registry.counter(
                "suimon_discovery_changes_total",
                "Services found to have other endpoints",
                () -> status.get().changes());
        registry.counter(
                "suimon_discovery_failures_total",
                "Times a registry did not say",
                () -> status.get().failures());
        registry.counter(
                "suimon_discovery_left_out_total",
                "Endpoints that cannot be used, or are too many",
                () -> status.get().leftOut());
        registry.counter(
                "suimon_discovery_unanswered_total",
                "Requests refused as too many waited for the first answer of a registry",
                () -> status.get().unanswered());
        registry.counter(
                "suimon_discovery_write_failures_total",
                "Times the endpoints known could not be written to the disk",
                () -> status.get().writeFailures());
    }
}
