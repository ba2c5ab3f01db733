package io.suimon.dataplane.proxy;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** What one event loop counts: written on it, read from any thread. */
public final class LoopCounters {

    /** One count; only one thread adds to it, so adding needs no lock. */
    static final class Count {
        private final AtomicLong value = new AtomicLong();

        void add(long more) {
            value.lazySet(value.getPlain() + more);
        }

        long get() {
            return value.get();
        }
    }

    final Count accepted = new Count();
    final Count active = new Count();
    final Count requests = new Count();
    final Count running = new Count();
    final Count filterErrors = new Count();
    final Count upgraded = new Count();
    final Count tunnels = new Count();
    final Count retries = new Count();
    final Count retriesDenied = new Count();
    private final Map<Refusal, Count> refused = new EnumMap<>(Refusal.class);

    LoopCounters() {
        for (var why : Refusal.values()) {
            refused.put(why, new Count());
        }
    }

    /** A client was turned away; on the loop only. */
    public void refused(Refusal why) {
        Objects.requireNonNull(refused.get(why)).add(1);
    }

    /** These counts now. */
    public TrafficCounts counts() {
        var refusals = new EnumMap<Refusal, Long>(Refusal.class);
        refused.forEach((why, count) -> refusals.put(why, count.get()));
        return new TrafficCounts(
                accepted.get(),
                active.get(),
                requests.get(),
                running.get(),
                filterErrors.get(),
                upgraded.get(),
                tunnels.get(),
                retries.get(),
                retriesDenied.get(),
                refusals);
    }
}
