package io.suimon.dataplane.health;

import io.suimon.engine.health.HealthEvent;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** How many probes came to what. Written on one loop, read by any thread. */
final class ProbeCounts {

    private final Map<HealthEvent, LongAdder> byEvent = new EnumMap<>(HealthEvent.class);
    private final LongAdder nothing = new LongAdder();

    ProbeCounts() {
        for (var event : HealthEvent.values()) {
            byEvent.put(event, new LongAdder());
        }
    }

    /** @param event null where the answer said nothing of the node */
    void add(@Nullable HealthEvent event) {
        (event == null ? nothing : byEvent.getOrDefault(event, nothing)).increment();
    }

    /** Counts by the name of the outcome. */
    Map<String, Long> all() {
        var all = new TreeMap<String, Long>();
        byEvent.forEach((event, count) -> all.put(event.name().toLowerCase(Locale.ROOT), count.sum()));
        all.put("nothing", nothing.sum());
        return all;
    }
}
