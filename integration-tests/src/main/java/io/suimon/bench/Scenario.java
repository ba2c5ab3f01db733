package io.suimon.bench;

import io.suimon.bench.load.Load;
import java.util.Set;

/**
 * One thing that is measured.
 *
 * @param name what {@code --case} takes
 * @param group of several; {@code --case} takes it, too
 * @param title for people
 * @param unit what is counted
 * @param setup what Suimon is configured with
 */
record Scenario(String name, String group, String title, Unit unit, Load load, Setup setup, Set<Extra> extras) {

    static final int IDLE_CONNECTIONS = 10_000;

    Scenario {
        extras = Set.copyOf(extras);
    }

    boolean has(Extra extra) {
        return extras.contains(extra);
    }
}
