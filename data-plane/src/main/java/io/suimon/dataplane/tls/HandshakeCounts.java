package io.suimon.dataplane.tls;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** How handshakes of one side ended. Thread-safe. */
public final class HandshakeCounts {

    private final AtomicInteger running = new AtomicInteger();
    private final LongAdder full = new LongAdder();
    private final LongAdder resumed = new LongAdder();
    private final Map<HandshakeFailure, LongAdder> failures = new EnumMap<>(HandshakeFailure.class);

    /** Nothing yet. */
    public HandshakeCounts() {
        for (var reason : HandshakeFailure.values()) {
            failures.put(reason, new LongAdder());
        }
    }

    /** Returns how many run now. */
    int began() {
        return running.incrementAndGet();
    }

    void succeeded(boolean again) {
        running.decrementAndGet();
        (again ? resumed : full).increment();
    }

    void failed(HandshakeFailure reason) {
        running.decrementAndGet();
        var count = failures.get(reason);
        if (count != null) {
            count.increment();
        }
    }

    /** Those that are neither over nor failed. */
    public int running() {
        return running.get();
    }

    /** Those that succeeded, and went on with no earlier one. */
    public long full() {
        return full.sum();
    }

    /** Those that went on with an earlier one. */
    public long resumed() {
        return resumed.sum();
    }

    /** Those that did not succeed, by reason; every reason is there. */
    public Map<String, Long> failures() {
        var sums = new TreeMap<String, Long>();
        failures.forEach((reason, count) -> sums.put(reason.label(), count.sum()));
        return sums;
    }
}
