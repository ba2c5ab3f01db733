package io.suimon.controlplane.admin;

import io.suimon.controlplane.mirror.MirrorView;
import io.suimon.controlplane.security.Role;
import io.suimon.controlplane.store.StoredEntry;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import java.util.Comparator;
import java.util.List;

/** The entries of one folder that a query asks for. */
final class ResourceListing {

    /** From so many on, entries are read by all cores: fewer are read in a millisecond. */
    private static final int MANY = 2_000;

    private final Envelope envelope;
    private final ResourcePath path;
    private final ListQuery query;

    ResourceListing(Envelope envelope, ResourcePath path, ListQuery query) {
        this.envelope = envelope;
        this.path = path;
        this.query = query;
    }

    AdminAnswer of(MirrorView view, Role reader) {
        var entries = belonging(view.range(path.folder()));
        if (path.kind() == ResourceKind.CREDENTIAL && entries.isEmpty()) {
            return AdminAnswer.absent();
        }
        var kept = query.filters().isEmpty() ? entries : filtered(entries);
        return AdminAnswer.line(200, envelope.list(path.kind(), page(kept), kept.size(), reader));
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

    /** Reading many values is above all waiting for memory, which the cores of a machine do beside each other. */
    private List<StoredEntry> filtered(List<StoredEntry> entries) {
        var members = query.members();
        var all = entries.size() < MANY ? entries.stream() : entries.parallelStream();
        var kept = all.filter(entry -> query.mayKeep(entry.value())
                        && members.read(entry.value()).filter(query::keeps).isPresent())
                .toList();
        return query.givenUp() ? List.of() : kept;
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
