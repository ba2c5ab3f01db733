package io.suimon.controlplane.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.controlplane.json.InvalidJsonException;
import io.suimon.controlplane.json.Json;
import io.suimon.controlplane.store.StoreConfig;
import io.suimon.controlplane.store.StoredEntry;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Puts resources into the shape people get them in. Private keys of certificates are left out. */
@Singleton
final class Envelope {

    private static final List<String> PRIVATE = List.of("key", "keys");

    private final String prefix;

    Envelope(StoreConfig config) {
        this.prefix = config.etcd().prefix();
    }

    /** One resource as read. */
    ObjectNode one(ResourceKind kind, StoredEntry entry) {
        var node = Json.newObject().put("key", prefix + "/" + entry.path());
        value(entry).ifPresent(value -> node.set("value", shown(kind, value)));
        return node.put("createdIndex", entry.createRevision()).put("modifiedIndex", entry.modRevision());
    }

    /** @param total how many there are beyond this page, too */
    ObjectNode list(ResourceKind kind, List<StoredEntry> entries, int total) {
        var node = Json.newObject().put("total", total);
        var list = node.putArray("list");
        entries.forEach(entry -> list.add(one(kind, entry)));
        return node;
    }

    /** One resource as written. */
    ObjectNode written(ResourceKey key, ObjectNode value) {
        return Json.newObject().put("key", prefix + "/" + key.path()).set("value", shown(key.kind(), value));
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

    private static JsonNode shown(ResourceKind kind, JsonNode value) {
        return kind == ResourceKind.SSL && value instanceof ObjectNode object
                ? object.deepCopy().remove(PRIVATE)
                : value;
    }
}
