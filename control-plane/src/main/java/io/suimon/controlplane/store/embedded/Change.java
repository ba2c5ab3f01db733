package io.suimon.controlplane.store.embedded;

import io.suimon.controlplane.store.StoreEvent;
import java.util.List;

/** What one revision changed. */
record Change(long revision, List<StoreEvent> events) {

    Change {
        events = List.copyOf(events);
    }

    /** Bytes of values this keeps in memory. */
    long bytes() {
        long bytes = 0;
        for (var event : events) {
            if (event instanceof StoreEvent.Put put) {
                bytes += put.entry().value().length;
            }
        }
        return bytes;
    }
}
