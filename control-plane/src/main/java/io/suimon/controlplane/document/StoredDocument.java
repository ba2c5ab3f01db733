package io.suimon.controlplane.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.controlplane.json.Json;
import io.suimon.controlplane.mirror.MirrorView;
import io.suimon.controlplane.security.FieldEncryption;
import io.suimon.controlplane.security.Role;
import io.suimon.controlplane.store.StoredEntry;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The document as it is in one view of the store. Immutable. */
public final class StoredDocument {

    private final MirrorView view;
    private final FieldEncryption encryption;
    private final DocumentState state;

    StoredDocument(MirrorView view, FieldEncryption encryption) {
        this.view = view;
        this.encryption = encryption;
        this.state = DocumentState.in(view);
    }

    /** The store's revision it is of; 0 before the store was read. */
    public long revision() {
        return view.revision();
    }

    /** What its author called it; null before the first one was put. */
    public @Nullable String digest() {
        return state.digest();
    }

    /** When it was put, in Unix seconds. */
    public long lastModified() {
        return state.lastModified();
    }

    /**
     * All of it. What lies in the store without having come with a document is at the end of its directory.
     *
     * @param reader who is not an admin is not shown the secrets
     */
    public ObjectNode json(Role reader) {
        var node = Json.newObject();
        for (var directory : Directory.values()) {
            resources(directory, reader, node);
            if (directory == Directory.PLUGINS && state.plugins() != null) {
                node.set(directory.member(), state.plugins());
            }
            node.set(directory.versionMember(), DocumentState.number(state.version(directory)));
        }
        if (state.digest() != null) {
            node.put("X-Last-Modified", state.lastModified()).put("X-Digest", state.digest());
        }
        return node;
    }

    private void resources(Directory directory, Role reader, ObjectNode into) {
        var rest = DocumentPlan.resources(directory, view);
        if (rest.isEmpty() && (directory.kind() == null || !state.items().containsKey(directory))) {
            return;
        }
        var array = into.putArray(directory.member());
        for (var listed : state.listed(directory)) {
            ResourceKey.ofPath(directory.member() + "/" + listed.id()).ifPresent(key -> {
                var entry = rest.remove(key);
                if (entry != null) {
                    item(key, entry, reader).ifPresent(item -> array.add(numbered(item, listed)));
                }
            });
        }
        rest.forEach((key, entry) -> item(key, entry, reader).ifPresent(array::add));
    }

    private static ObjectNode numbered(ObjectNode item, DocumentState.Listed listed) {
        return listed.modifiedIndex() == null ? item : item.put("modifiedIndex", listed.modifiedIndex());
    }

    /** A credential is named by its consumer, too. */
    private Optional<ObjectNode> item(ResourceKey key, StoredEntry entry, Role reader) {
        return Json.object(entry.value())
                .map(value -> shown(key, value, reader))
                .map(value -> key.kind() == ResourceKind.CREDENTIAL ? value.put("id", key.id()) : value);
    }

    /**
     * Plugins' secrets are decrypted, as in every answer. A document is to be put back, so private keys of certificates are in it, which no
     * other answer has: encrypted wherever there is a key to do that with, even while they still lie plain in the store. Who may not put
     * it back needs none of them.
     */
    private ObjectNode shown(ResourceKey key, ObjectNode stored, Role reader) {
        return switch (reader) {
            case VIEWER -> encryption.withoutSecrets(key, stored);
            case ADMIN ->
                key.kind() == ResourceKind.SSL ? encryption.sealed(key, stored) : encryption.readable(key, stored);
        };
    }
}
