package io.suimon.dataplane.control;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.suimon.engine.plugin.PluginCatalog;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import io.suimon.engine.resource.StoredResource;
import java.util.Comparator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pages that show what this node is configured to do, without secrets. Thread-safe; not on event loops. */
public final class ConfigurationPages {

    /**
     * What a page shows.
     *
     * @param name what a message calls one of the kind
     */
    private record Kind(ResourceKind kind, String name) {}

    private static final Kind ROUTE = new Kind(ResourceKind.ROUTE, "route");
    private static final Kind SERVICE = new Kind(ResourceKind.SERVICE, "service");
    private static final Kind UPSTREAM = new Kind(ResourceKind.UPSTREAM, "upstream");
    private static final Kind METADATA = new Kind(ResourceKind.PLUGIN_METADATA, "plugin metadata");

    private static final Map<String, Kind> COLLECTIONS = Map.of(
            "/v1/routes", ROUTE,
            "/v1/services", SERVICE,
            "/v1/upstreams", UPSTREAM,
            "/v1/plugin_metadatas", METADATA);

    private static final Map<String, Kind> SINGLE = Map.of(
            "/v1/route", ROUTE,
            "/v1/service", SERVICE,
            "/v1/upstream", UPSTREAM,
            "/v1/plugin_metadata", METADATA);

    private final ResourceDirectory directory;
    private final ShownResources shown;

    public ConfigurationPages(ResourceDirectory directory, PluginCatalog catalog) {
        this.directory = directory;
        this.shown = new ShownResources(catalog);
    }

    /** Whether a path is that of a collection; cheap. */
    boolean isCollection(String path) {
        return COLLECTIONS.containsKey(path);
    }

    /** All there are of a kind, ordered by id, as they are now. */
    Listing collection(String path) {
        var kind = COLLECTIONS.get(path);
        if (kind == null) {
            throw new IllegalArgumentException("path: " + path + " (expected: that of a collection)");
        }
        var resources = directory.all(kind.kind()).stream()
                .sorted(Comparator.comparing((StoredResource one) -> one.key().id()))
                .iterator();
        return new Listing(resources, shown::text);
    }

    /** The key of what a path shows, or null where it shows no single resource; cheap. */
    @Nullable
    ResourceKey key(String path) {
        int slash = path.lastIndexOf('/');
        var kind = SINGLE.get(path.substring(0, Math.max(slash, 0)));
        var id = path.substring(slash + 1);
        return kind == null || id.isEmpty() ? null : new ResourceKey(kind.kind(), id);
    }

    /** One resource, or that there is none. */
    ControlReply one(ResourceKey key) {
        var found = directory.of(key);
        if (found != null) {
            return ControlReply.json(200, shown.text(found));
        }
        var name = SINGLE.values().stream()
                .filter(kind -> kind.kind() == key.kind())
                .findFirst()
                .orElseThrow()
                .name();
        var error = JsonNodeFactory.instance.objectNode().put("error_msg", name + "[" + key.id() + "] not found");
        return ControlReply.json(404, error.toString());
    }
}
