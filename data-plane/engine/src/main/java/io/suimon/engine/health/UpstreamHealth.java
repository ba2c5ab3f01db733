package io.suimon.engine.health;

import io.suimon.engine.resource.Endpoint;
import io.suimon.engine.resource.HealthCheck;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The health of an upstream's endpoints, named by their places: what balancers ask, and whom they tell what became of a try.
 *
 * <p>Any thread asks and tells, without locks. Until {@link #watch} everybody counts as healthy and nothing is counted.
 */
public final class UpstreamHealth {

    /** Told when an endpoint is used now and was not before, or the other way round; on the thread that reported. Never blocks. */
    @FunctionalInterface
    public interface Listener {
        void changed(EndpointHealth endpoint);
    }

    private final List<Endpoint> endpoints;
    private final @Nullable HealthRules passive;
    private final Listener listener;
    private volatile EndpointHealth @Nullable [] watched;
    private volatile HealthView view = HealthView.ALL;

    public UpstreamHealth(List<Endpoint> endpoints, HealthCheck checks, Listener listener) {
        this.endpoints = List.copyOf(endpoints);
        this.passive = checks.passive() == null
                ? null
                : new HealthRules(checks.passive().thresholds());
        this.listener = listener;
    }

    /**
     * Begins to go by this.
     *
     * @param health one for each endpoint, at its place; not written to any more
     */
    public void watch(EndpointHealth[] health) {
        watched = health;
        refresh();
    }

    /** Shows balancers how things are now. Whoever changed an endpoint does this behind it, so the last one shows the truth. */
    public void refresh() {
        var known = watched;
        if (known != null) {
            view = HealthView.of(endpoints, known);
        }
    }

    /** Whom to leave out now. */
    public HealthView view() {
        return view;
    }

    /** An endpoint answered an exchange. */
    public void answered(int place, int status) {
        if (passive != null) {
            var event = passive.of(status);
            if (event != null) {
                report(place, event, passive);
            }
        }
    }

    /**
     * A try came to nothing.
     *
     * @param lastStatus what the client is answered where no other try follows, which then counts if it is listed; 0 where one does
     */
    public void failed(int place, HealthEvent how, int lastStatus) {
        if (passive != null) {
            var listed = lastStatus == 0 ? null : passive.of(lastStatus);
            report(place, listed == null ? how : listed, passive);
        }
    }

    private void report(int place, HealthEvent event, HealthRules rules) {
        var known = watched;
        if (known != null && known[place].report(event, rules)) {
            refresh();
            listener.changed(known[place]);
        }
    }
}
