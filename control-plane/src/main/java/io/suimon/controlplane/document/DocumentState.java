package io.suimon.controlplane.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.controlplane.json.Json;
import io.suimon.controlplane.mirror.MirrorView;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the document besides its resources; kept under a key of its own, written together with them.
 *
 * @param digest what its author calls it; null before the first one
 * @param lastModified when it was put, in Unix seconds
 * @param versions of the directories; those without one are at 0
 * @param items of the directories that were there, in the author's order
 * @param plugins as written; null when they were not there
 */
record DocumentState(
        @Nullable String digest,
        long lastModified,
        Map<Directory, BigDecimal> versions,
        Map<Directory, List<Listed>> items,
        @Nullable ArrayNode plugins) {

    /** Where it is kept. No kind of resource has this folder, so neither nodes nor lists see it. */
    static final String PATH = "suimon/configs";

    static final DocumentState NONE = new DocumentState(null, 0, Map.of(), Map.of(), null);

    /** The id of a resource in its directory, with the author's number for it. */
    record Listed(String id, @Nullable BigInteger modifiedIndex) {}

    DocumentState {
        versions = Collections.unmodifiableMap(full(versions));
        items = Collections.unmodifiableMap(copy(items));
    }

    private static EnumMap<Directory, BigDecimal> full(Map<Directory, BigDecimal> versions) {
        var all = new EnumMap<Directory, BigDecimal>(Directory.class);
        for (var directory : Directory.values()) {
            all.put(directory, versions.getOrDefault(directory, BigDecimal.ZERO));
        }
        return all;
    }

    private static EnumMap<Directory, List<Listed>> copy(Map<Directory, List<Listed>> items) {
        var copy = new EnumMap<Directory, List<Listed>>(Directory.class);
        items.forEach((directory, listed) -> copy.put(directory, List.copyOf(listed)));
        return copy;
    }

    BigDecimal version(Directory directory) {
        return versions.getOrDefault(directory, BigDecimal.ZERO);
    }

    /** The items of a directory; none where it was not there. */
    List<Listed> listed(Directory directory) {
        return items.getOrDefault(directory, List.of());
    }

    /** The state in a view; {@link #NONE} where no document was put yet. */
    static DocumentState in(MirrorView view) {
        var entry = view.get(PATH);
        return entry == null
                ? NONE
                : Json.object(entry.value()).map(DocumentState::read).orElse(NONE);
    }

    private static DocumentState read(ObjectNode stored) {
        var versions = new EnumMap<Directory, BigDecimal>(Directory.class);
        var items = new EnumMap<Directory, List<Listed>>(Directory.class);
        for (var directory : Directory.values()) {
            var version = stored.path("versions").path(directory.member());
            if (version.isNumber()) {
                versions.put(directory, version.decimalValue());
            }
            if (stored.path("items").path(directory.member()) instanceof ArrayNode ids) {
                var listed = new ArrayList<Listed>(ids.size());
                ids.forEach(id -> listed.add(listed(id)));
                items.put(directory, listed);
            }
        }
        var plugins = stored.path("plugins") instanceof ArrayNode array ? array : null;
        return new DocumentState(
                stored.path("digest").asText(), stored.path("last_modified").asLong(), versions, items, plugins);
    }

    private static Listed listed(JsonNode id) {
        return id.isArray()
                ? new Listed(id.path(0).asText(), id.path(1).bigIntegerValue())
                : new Listed(id.asText(), null);
    }

    /** What is stored: an item with a number is a pair. */
    ObjectNode json() {
        var node = Json.newObject().put("digest", digest).put("last_modified", lastModified);
        var stored = node.putObject("versions");
        versions.forEach((directory, version) -> stored.set(directory.member(), number(version)));
        var lists = node.putObject("items");
        items.forEach((directory, listed) -> {
            var ids = lists.putArray(directory.member());
            for (var each : listed) {
                var index = each.modifiedIndex();
                if (index == null) {
                    ids.add(each.id());
                } else {
                    ids.addArray().add(each.id()).add(index);
                }
            }
        });
        return plugins == null ? node : node.set("plugins", plugins);
    }

    /** A number as people write it: 1000, not 1E+3. */
    static JsonNode number(BigDecimal number) {
        var plain = number.stripTrailingZeros();
        return plain.scale() <= 0
                ? Json.newArray().add(plain.toBigInteger()).get(0)
                : Json.newArray().add(plain).get(0);
    }
}
