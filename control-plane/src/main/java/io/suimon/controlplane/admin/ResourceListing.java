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
        var entries = belonging(view.range(path.folder()));
        if (path.kind() == ResourceKind.CREDENTIAL && entries.isEmpty()) {
            return AdminAnswer.absent();
        }
        var kept = query.filters().isEmpty()
                ? entries
                : entries.stream().filter(this::keeps).toList();
        return AdminAnswer.line(200, envelope.list(path.kind(), page(kept), kept.size()));
    }

    /**
     * Consumers hold their credentials. A folder also holds the mark it was made with, and that comes first: of the others nothing is
     * looked at, as a hundred thousand paths are not read in no time.
     */
    private List<StoredEntry> belonging(List<StoredEntry> entries) {
        return switch (path.kind()) {
            case CONSUMER, CREDENTIAL -> entries.stream().filter(this::isOfKind).toList();
            case ROUTE,
                    SERVICE,
                    UPSTREAM,
                    CONSUMER_GROUP,
                    PLUGIN_CONFIG,
                    GLOBAL_RULE,
                    PLUGIN_METADATA,
                    SSL,
                    PROTO,
                    SECRET,
                    STREAM_ROUTE ->
                entries.isEmpty() || isOfKind(entries.getFirst()) ? entries : entries.subList(1, entries.size());
        };
    }

    private boolean isOfKind(StoredEntry entry) {
        return ResourceKey.ofPath(entry.path())
                .filter(key -> key.kind() == path.kind())
                .isPresent();
    }

    private boolean keeps(StoredEntry entry) {
        return query.mayKeep(entry.value())
                && Envelope.value(entry).filter(query::keeps).isPresent();
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
