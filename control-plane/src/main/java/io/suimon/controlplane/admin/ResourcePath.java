package io.suimon.controlplane.admin;

import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A resource, or a folder of them, as a path names it.
 *
 * @param parent the consumer of credentials, the manager of secrets; null for everything else
 * @param id null for the folder
 * @param rest what follows the id
 */
record ResourcePath(
        ResourceKind kind,
        @Nullable String parent,
        @Nullable String id,
        List<String> rest) {

    ResourcePath {
        rest = List.copyOf(rest);
    }

    /** Reads the segments below the API's root; empty when they name no kind. */
    static Optional<ResourcePath> of(List<String> segments) {
        if (segments.size() >= 3
                && segments.get(0).equals(ResourceKind.CONSUMER.directory())
                && segments.get(2).equals(ResourceKind.CREDENTIAL.directory())) {
            return Optional.of(below(ResourceKind.CREDENTIAL, segments.get(1), segments, 3));
        }
        return segments.isEmpty()
                ? Optional.empty()
                : ResourceKind.ofDirectory(segments.get(0)).flatMap(kind -> ofKind(kind, segments));
    }

    private static Optional<ResourcePath> ofKind(ResourceKind kind, List<String> segments) {
        return switch (kind) {
            case CREDENTIAL -> Optional.empty();
            case SECRET -> Optional.of(below(kind, segments.size() > 1 ? segments.get(1) : null, segments, 2));
            case ROUTE,
                    SERVICE,
                    UPSTREAM,
                    CONSUMER,
                    CONSUMER_GROUP,
                    PLUGIN_CONFIG,
                    GLOBAL_RULE,
                    PLUGIN_METADATA,
                    SSL,
                    PROTO,
                    STREAM_ROUTE -> Optional.of(below(kind, null, segments, 1));
        };
    }

    private static ResourcePath below(ResourceKind kind, @Nullable String parent, List<String> segments, int idAt) {
        var id = segments.size() > idAt ? segments.get(idAt) : null;
        var rest = segments.subList(Math.min(segments.size(), idAt + 1), segments.size());
        return new ResourcePath(kind, parent, id, rest);
    }

    /** The key of the resource of this id in this folder. */
    ResourceKey key(String ofId) {
        return parent == null ? new ResourceKey(kind, ofId) : keyBelow(parent, ofId);
    }

    private ResourceKey keyBelow(String owner, String ofId) {
        return kind == ResourceKind.CREDENTIAL
                ? ResourceKey.credential(owner, ofId)
                : new ResourceKey(kind, owner + "/" + ofId);
    }

    /** What every path of this folder begins with in the store. */
    String folder() {
        return kind == ResourceKind.CREDENTIAL
                ? ResourceKind.CONSUMER.directory() + "/" + parent + "/" + kind.directory() + "/"
                : kind.directory() + "/";
    }
}
