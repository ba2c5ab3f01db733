package io.suimon.controlplane.admin;

import io.suimon.controlplane.mirror.MirrorView;
import io.suimon.controlplane.store.StoredEntry;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import java.util.Comparator;
import java.util.List;

/** The entries of one folder that a query asks for. */
final class ResourceListing {

    private final Envelope envelope;
    private final ResourcePath path;
    private final ListQuery query;

    ResourceListing(Envelope envelope, ResourcePath path, ListQuery query) {
        this.envelope = envelope;
        this.path = path;
        this.query = query;
    }

    AdminAnswer of(MirrorView view) {
        var entries = view.range(path.folder()).stream().filter(this::belongs).toList();
        if (path.kind() == ResourceKind.CREDENTIAL && entries.isEmpty()) {
            return AdminAnswer.absent();
        }
        var kept = query.filters().isEmpty()
                ? entries
                : entries.stream().filter(this::keeps).toList();
        return AdminAnswer.raw(200, envelope.list(path.kind(), page(kept), kept.size()));
    }

    /** A folder also holds the mark it was made with, and consumers hold their credentials. */
    private boolean belongs(StoredEntry entry) {
        return ResourceKey.ofPath(entry.path())
                .filter(key -> key.kind() == path.kind())
                .isPresent();
    }

    private boolean keeps(StoredEntry entry) {
        return Envelope.value(entry).filter(query::keeps).isPresent();
    }

    private List<StoredEntry> page(List<StoredEntry> entries) {
        var page = query.page();
        return page == null
                ? entries
                : page.of(entries.stream()
                        .sorted(Comparator.comparingLong(StoredEntry::createRevision))
                        .toList());
    }
}
