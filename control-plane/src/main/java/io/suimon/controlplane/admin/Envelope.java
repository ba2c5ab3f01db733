package io.suimon.controlplane.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.controlplane.json.InvalidJsonException;
import io.suimon.controlplane.json.Json;
import io.suimon.controlplane.security.FieldEncryption;
import io.suimon.controlplane.security.PrivateKeys;
import io.suimon.controlplane.security.Role;
import io.suimon.controlplane.store.StoreConfig;
import io.suimon.controlplane.store.StoredEntry;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/**
 * Puts resources into the shape people get them in: read, with plugins' secrets decrypted and without private keys of certificates,
 * and without plain ones of upstreams for who may only read; written, as they are stored.
 */
@Singleton
final class Envelope {

    private static final List<String> PRIVATE = List.of("key", "keys");

    private final String prefix;
    private final FieldEncryption encryption;

    Envelope(StoreConfig config, FieldEncryption encryption) {
        this.prefix = config.etcd().prefix();
        this.encryption = encryption;
    }

    /** One resource as read. */
    ObjectNode one(ResourceKind kind, StoredEntry entry, Role reader) {
        var node = Json.newObject().put("key", prefix + "/" + entry.path());
        value(entry).ifPresent(value -> node.set("value", read(kind, entry, value, reader)));
        return node.put("createdIndex", entry.createRevision()).put("modifiedIndex", entry.modRevision());
    }

    /**
     * A list, as the line it is sent as: as a tree, one of 100,000 resources would take ten times the memory.
     *
     * @param total how many there are beyond this page, too
     */
    byte[] list(ResourceKind kind, List<StoredEntry> entries, int total, Role reader) {
        var text = new ListText(total);
        entries.forEach(entry -> text.add(Json.bytes(one(kind, entry, reader))));
        return text.line();
    }

    /** One resource as written. */
    ObjectNode written(ResourceKey key, ObjectNode stored) {
        var shown = key.kind() == ResourceKind.SSL ? PrivateKeys.withoutPlainOnes(ResourceKind.SSL, stored) : stored;
        return Json.newObject().put("key", prefix + "/" + key.path()).set("value", shown);
    }

    ObjectNode removed(ResourceKey key) {
        return Json.newObject().put("key", prefix + "/" + key.path()).put("deleted", "1");
    }

    /** A stored value; empty when it is no JSON. */
    static Optional<JsonNode> value(StoredEntry entry) {
        try {
            return Optional.of(Json.parse(entry.value()));
        } catch (InvalidJsonException e) {
            return Optional.empty();
        }
    }

    private JsonNode read(ResourceKind kind, StoredEntry entry, JsonNode stored, Role reader) {
        if (!(stored instanceof ObjectNode object)) {
            return stored;
        }
        if (kind == ResourceKind.SSL) {
            return object.remove(PRIVATE);
        }
        var shown = ResourceKey.ofPath(entry.path())
                .map(key -> encryption.readable(key, object))
                .orElse(object);
        return switch (reader) {
            case ADMIN -> shown;
            case VIEWER -> PrivateKeys.withoutPlainOnes(kind, shown);
        };
    }
}
