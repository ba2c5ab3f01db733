package io.suimon.controlplane.store.etcd;

import io.etcd.jetcd.api.Event;
import io.etcd.jetcd.api.WatchResponse;
import io.suimon.controlplane.store.StoreEvent;
import io.suimon.controlplane.store.WatchStart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes whole revisions of what a watch stream delivers, and tells when it is not the stream that was asked for. One thread at a time. */
final class WatchEvents {

    private static final int MAX_FRAGMENTED_BYTES = 128 << 20;

    /** What a response means. */
    sealed interface News {
        record Changed(long revision, List<StoreEvent> events) implements News {}

        record Progressed(long revision) implements News {}

        /** A fragment; more follows. */
        record Partial() implements News {}

        /** The member does not serve this watch; another attempt may be served. */
        record Refused(String reason) implements News {}

        /** What follows the known revision cannot be had from this store. */
        record Lost(String reason) implements News {}
    }

    private final KeySpace keys;
    private final WatchStart start;
    private final List<StoreEvent> pending = new ArrayList<>();
    private long pendingRevision;
    private long pendingBytes;
    private volatile long revision;

    WatchEvents(KeySpace keys, WatchStart start) {
        this.keys = keys;
        this.start = start;
        this.revision = start.afterRevision();
    }

    /** The last revision all of which was delivered. Any thread. */
    long revision() {
        return revision;
    }

    News take(WatchResponse response) {
        var found = EtcdReader.storeId(response.getHeader().getClusterId());
        if (!found.equals(start.storeId())) {
            return new News.Lost("the store is " + found + " (expected: " + start.storeId() + ")");
        }
        if (response.getCompactRevision() > 0) {
            return new News.Lost(
                    "history begins after revision " + response.getCompactRevision() + ", later than " + revision);
        }
        if (response.getCanceled()) {
            return new News.Refused(response.getCancelReason());
        }
        long head = response.getHeader().getRevision();
        if (response.getCreated()) {
            return head < start.knownRevision()
                    ? new News.Lost("the store is at revision " + head + ", not yet at " + start.knownRevision())
                    : new News.Progressed(revision);
        }
        // Not to the header's revision: a member may say how far it is before it has sent the events of that revision
        // (etcd 3.4.23
        // does), and whoever resumed behind it would never see them.
        return response.getEventsCount() == 0 && pendingRevision == 0
                ? new News.Progressed(revision)
                : events(response);
    }

    private News events(WatchResponse response) {
        for (var event : response.getEventsList()) {
            // Not the header's revision: while the member catches up, that is ahead of the events it sends.
            pendingRevision = Math.max(pendingRevision, event.getKv().getModRevision());
            pendingBytes += event.getSerializedSize();
            event(event).ifPresent(pending::add);
        }
        if (Fragments.moreFollow(response)) {
            return pendingBytes <= MAX_FRAGMENTED_BYTES
                    ? new News.Partial()
                    : new News.Lost("more than " + MAX_FRAGMENTED_BYTES + " bytes of events in one piece");
        }
        revision = pendingRevision;
        var events = List.copyOf(pending);
        pending.clear();
        pendingRevision = 0;
        pendingBytes = 0;
        return events.isEmpty() ? new News.Progressed(revision) : new News.Changed(revision, events);
    }

    private Optional<StoreEvent> event(Event event) {
        return event.getType() == Event.EventType.DELETE
                ? keys.path(event.getKv().getKey())
                        .map(path -> new StoreEvent.Delete(path, event.getKv().getModRevision()))
                : keys.entry(event.getKv()).map(StoreEvent.Put::new);
    }
}
