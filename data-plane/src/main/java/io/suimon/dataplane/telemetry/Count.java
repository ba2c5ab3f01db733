package io.suimon.dataplane.telemetry;

import java.util.concurrent.atomic.AtomicLong;

/** A number that one thread adds to and any thread reads, so that adding needs no lock. */
final class Count {

    private final AtomicLong value = new AtomicLong();

    void add(long more) {
        value.lazySet(value.getPlain() + more);
    }

    long get() {
        return value.get();
    }
}
