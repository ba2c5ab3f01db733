package io.suimon.engine.health;

import java.util.Locale;

/** How an endpoint stands. */
public enum HealthState {
    HEALTHY,
    /** Used, but something speaks against it: an unhealthy counter runs. */
    MOSTLY_HEALTHY,
    /** Not used yet, but something speaks for it: the success counter runs. */
    MOSTLY_UNHEALTHY,
    UNHEALTHY;

    /** Whether requests are sent there. */
    public boolean usable() {
        return this == HEALTHY || this == MOSTLY_HEALTHY;
    }

    /** As people read it: {@code mostly_healthy}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
