package io.suimon.engine.health;

import io.suimon.engine.resource.Endpoint;
import java.util.BitSet;
import java.util.List;

/** Which of an upstream's endpoints to leave out, at one moment. Immutable. */
public final class HealthView {

    /** Nobody is left out. */
    public static final HealthView ALL = new HealthView(new BitSet(), false);

    private final BitSet unhealthy;
    private final boolean weightless;

    private HealthView(BitSet unhealthy, boolean weightless) {
        this.unhealthy = unhealthy;
        this.weightless = weightless;
    }

    /** Leaves out those that are not usable; where that would be all, nobody. */
    static HealthView of(List<Endpoint> endpoints, EndpointHealth[] health) {
        var unhealthy = new BitSet();
        boolean weightless = true;
        for (int place = 0; place < health.length; place++) {
            if (!health[place].now().state().usable()) {
                unhealthy.set(place);
            } else if (endpoints.get(place).weight() > 0) {
                weightless = false;
            }
        }
        int out = unhealthy.cardinality();
        return out == 0 || out == health.length ? ALL : new HealthView(unhealthy, weightless);
    }

    /** Whether nobody is left out. */
    public boolean isWhole() {
        return unhealthy.isEmpty();
    }

    /** Whether those who are not left out have no weight, so that a balancer that goes by weights picks none of them. */
    public boolean isWeightless() {
        return weightless;
    }

    /** Marks whom to leave out. */
    public void addTo(BitSet excluded) {
        excluded.or(unhealthy);
    }
}
