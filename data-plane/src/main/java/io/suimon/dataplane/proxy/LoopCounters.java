package io.suimon.dataplane.proxy;

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
    final Count malformed = new Count();
    final Count filterErrors = new Count();
    final Count calmed = new Count();
    final Count stalled = new Count();

    /** These counts now. */
    public TrafficCounts counts() {
        return new TrafficCounts(
                accepted.get(),
                active.get(),
                requests.get(),
                running.get(),
                malformed.get(),
                filterErrors.get(),
                calmed.get(),
                stalled.get());
    }
}
