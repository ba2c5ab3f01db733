package io.suimon.controlplane.document;

import io.suimon.controlplane.json.Json;
import io.suimon.controlplane.mirror.MirrorView;
import io.suimon.controlplane.security.FieldEncryption;
import io.suimon.controlplane.store.Mutation;
import io.suimon.controlplane.store.StoredEntry;
import io.suimon.engine.resource.ResourceKey;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the smallest change that makes a document of what a view shows: what is the same is not written again, whichever key it lies
 * encrypted under. One thread.
 */
final class DocumentPlan {

    /** What is to be done. */
    sealed interface Result {
        /** These writes, all or none. */
        record Writes(List<Mutation> mutations) implements Result {}

        /** Nothing; the message is for people. */
        record Refused(String message) implements Result {}
    }

    private final MirrorView view;
    private final Document document;
    private final FieldEncryption encryption;
    private final DocumentState before;
    private final List<Mutation> mutations = new ArrayList<>();
    private final Map<Directory, BigDecimal> versions = new EnumMap<>(Directory.class);
    private final Map<Directory, List<DocumentState.Listed>> items = new EnumMap<>(Directory.class);

    DocumentPlan(MirrorView view, Document document, FieldEncryption encryption) {
        this.view = view;
        this.document = document;
        this.encryption = encryption;
        this.before = DocumentState.in(view);
    }

    /**
     * The change.
     *
     * @param digest what the author calls the document
     * @param now in Unix seconds
     */
    Result result(String digest, long now) {
        var plugins = document.plugins();
        for (var directory : Directory.values()) {
            var stored = before.version(directory);
            var given = document.versions().get(directory);
            if (given != null && given.compareTo(stored) < 0) {
                return new Result.Refused(directory.versionMember() + " must be greater than or equal to ("
                        + DocumentState.number(stored).asText() + ")");
            }
            boolean kept = given != null && given.compareTo(stored) == 0;
            versions.put(directory, given == null ? stored.add(BigDecimal.ONE) : given);
            if (!kept) {
                replace(directory);
            } else if (directory == Directory.PLUGINS) {
                plugins = before.plugins();
            } else if (before.items().containsKey(directory)) {
                items.put(directory, before.listed(directory));
            }
        }
        var after = new DocumentState(digest, now, versions, items, plugins);
        mutations.add(new Mutation.Put(DocumentState.PATH, Json.bytes(after.json()), null));
        return new Result.Writes(mutations);
    }

    private void replace(Directory directory) {
        var there = resources(directory, view.plain());
        var numbers = new HashMap<String, BigInteger>();
        for (var listed : before.listed(directory)) {
            var number = listed.modifiedIndex();
            if (number != null) {
                numbers.put(listed.id(), number);
            }
        }
        var written = document.items().getOrDefault(directory, List.of());
        for (var item : written) {
            var entry = there.remove(item.key());
            if (entry == null
                    || !isUnchanged(item, entry, numbers.get(item.key().id()))) {
                mutations.add(new Mutation.Put(item.key().path(), stored(item), null));
            }
        }
        there.keySet().forEach(key -> mutations.add(new Mutation.Delete(key.path())));
        if (document.items().containsKey(directory)) {
            items.put(
                    directory,
                    written.stream()
                            .map(item -> new DocumentState.Listed(item.key().id(), item.modifiedIndex()))
                            .toList());
        }
    }

    private byte[] stored(Item item) {
        return Json.bytes(encryption.sealed(item.key(), item.value()));
    }

    /** The resources of a directory in key order. */
    static Map<ResourceKey, StoredEntry> resources(Directory directory, MirrorView view) {
        var found = new LinkedHashMap<ResourceKey, StoredEntry>();
        for (var entry : view.range(directory.member() + "/")) {
            ResourceKey.ofPath(entry.path()).filter(directory::holds).ifPresent(key -> found.put(key, entry));
        }
        return found;
    }

    /**
     * The author's numbers decide where there are both, as in APISIX; else the content does.
     *
     * @param entry with its secrets plain
     */
    private static boolean isUnchanged(Item item, StoredEntry entry, @Nullable BigInteger numberBefore) {
        var number = item.modifiedIndex();
        if (number != null && numberBefore != null) {
            return number.equals(numberBefore);
        }
        return Arrays.equals(entry.value(), Json.bytes(item.value()))
                || Json.object(entry.value()).filter(item.value()::equals).isPresent();
    }
}
