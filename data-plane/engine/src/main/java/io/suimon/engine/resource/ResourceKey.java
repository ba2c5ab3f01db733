package io.suimon.engine.resource;

import java.util.Optional;

/**
 * Names one resource.
 *
 * <p>The id is the part of the store's key below the kind's folder: {@code 1}; {@code jack} for a consumer; {@code
 * jack/credentials/c1} for a credential; {@code vault/1} for a secret; the plugin's name for plugin metadata.
 *
 * @param id never empty
 */
public record ResourceKey(ResourceKind kind, String id) {

    private static final String CREDENTIALS = "/credentials/";

    public ResourceKey {
        if (id.isEmpty()) {
            throw new IllegalArgumentException("id: empty (expected: at least one character)");
        }
    }

    /** The key of a consumer's credential. */
    public static ResourceKey credential(String username, String id) {
        return new ResourceKey(ResourceKind.CREDENTIAL, username + CREDENTIALS + id);
    }

    /** The store's path of this resource below its prefix: {@code routes/1}, {@code consumers/jack/credentials/c1}. */
    public String path() {
        var directory = kind == ResourceKind.CREDENTIAL ? ResourceKind.CONSUMER.directory() : kind.directory();
        return directory + "/" + id;
    }

    /** Reads a path as {@link #path()} writes it; empty when it does not name a resource. */
    public static Optional<ResourceKey> ofPath(String path) {
        int slash = path.indexOf('/');
        if (slash <= 0 || slash == path.length() - 1) {
            return Optional.empty();
        }
        var id = path.substring(slash + 1);
        return ResourceKind.ofDirectory(path.substring(0, slash))
                .filter(kind -> kind != ResourceKind.CREDENTIAL)
                .map(kind -> kind == ResourceKind.CONSUMER && id.contains(CREDENTIALS) ? ResourceKind.CREDENTIAL : kind)
                .map(kind -> new ResourceKey(kind, id));
    }

    /** The last part of the id: the id of a credential within its consumer, of a secret within its manager. */
    public String shortId() {
        return id.substring(id.lastIndexOf('/') + 1);
    }

    /** For a credential, the consumer it belongs to; for a secret, its manager; otherwise the id. */
    public String parentId() {
        int slash = id.indexOf('/');
        return slash < 0 ? id : id.substring(0, slash);
    }

    @Override
    public String toString() {
        return path();
    }
}
