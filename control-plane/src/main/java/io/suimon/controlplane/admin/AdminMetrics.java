package io.suimon.controlplane.admin;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.suimon.engine.resource.ResourceKind;
import jakarta.inject.Singleton;

/** Counts and times requests. Thread-safe. */
@Singleton
final class AdminMetrics {

    private final MeterRegistry registry;

    AdminMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    Timer.Sample start() {
        return Timer.start(registry);
    }

    void answered(Timer.Sample sample, AdminRequest request, int status) {
        sample.stop(Timer.builder("suimon.admin.requests")
                .description("Requests to the Admin API that were carried out")
                .tag("method", request.method())
                .tag("kind", kind(request))
                .tag("status", Integer.toString(status))
                .register(registry));
    }

    /**
     * Counts a request that was not let in; a line in the log for each would be anybody's to write.
     *
     * @param reason one of a fixed set
     */
    void denied(String reason) {
        Counter.builder("suimon.admin.denied")
                .description("Requests to the Admin API that were not let in")
                .tag("reason", reason.replace(' ', '_'))
                .register(registry)
                .increment();
    }

    /** One of a fixed set, whatever a client sends. */
    private static String kind(AdminRequest request) {
        return ResourcePath.of(request.segments())
                .filter(path -> request.area() == AdminRequest.Area.APISIX)
                .map(ResourcePath::kind)
                .map(ResourceKind::directory)
                .orElse("other");
    }
}
