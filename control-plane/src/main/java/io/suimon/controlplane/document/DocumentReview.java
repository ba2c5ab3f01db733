package io.suimon.controlplane.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.suimon.controlplane.admission.Admission;
import io.suimon.controlplane.admission.Change;
import io.suimon.controlplane.admission.SoloReview;
import io.suimon.controlplane.json.Json;
import io.suimon.controlplane.security.FieldEncryption;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a document and finds what is wrong with it. One per document; one thread. */
final class DocumentReview {

    private final ItemReader reader;
    private final FieldEncryption encryption;
    private final int maxErrors;
    private final SoloReview alone;
    private final JsonNode written;
    private final List<DocumentError> errors = new ArrayList<>();
    private final Map<Directory, BigDecimal> versions = new EnumMap<>(Directory.class);
    private final Map<Directory, List<Item>> resources = new EnumMap<>(Directory.class);
    private @Nullable ArrayNode plugins;

    /**
     * A review to be made.
     *
     * @param indexed whether items may have a {@code modifiedIndex}
     * @param maxErrors after how many it stops
     */
    DocumentReview(Admission admission, FieldEncryption encryption, JsonNode written, boolean indexed, int maxErrors) {
        this.reader = new ItemReader(indexed);
        this.encryption = encryption;
        this.maxErrors = maxErrors;
        this.written = written;
        this.alone = admission.alone(metadata());
    }

    /** What is wrong, in the order of directories and items. */
    List<DocumentError> errors() {
        if (!written.isObject() && !(written.isArray() && written.isEmpty())) {
            errors.add(new DocumentError.OfDocument("document must be an object"));
            return errors;
        }
        for (var directory : Directory.values()) {
            if (errors.size() < maxErrors) {
                version(directory);
            }
            if (errors.size() < maxErrors) {
                directory(directory);
            }
        }
        return errors;
    }

    /** What was read; whole only when {@link #errors} found none. */
    Document document() {
        return new Document(versions, resources, plugins);
    }

    /** Plugins may get from their metadata what their configuration lacks. */
    private List<Change.Put> metadata() {
        var puts = new ArrayList<Change.Put>();
        int position = 0;
        for (var item : written.path(Directory.PLUGIN_METADATA.member())) {
            if (reader.read(ResourceKind.PLUGIN_METADATA, position++, item)
                    instanceof ItemReader.Result.Readable(var readable)) {
                puts.add(new Change.Put(readable.key(), readable.value()));
            }
        }
        return puts;
    }

    private void version(Directory directory) {
        var version = written.path(directory.versionMember());
        if (version.isNumber()) {
            versions.put(directory, version.decimalValue());
        } else if (!version.isMissingNode()) {
            errors.add(
                    new DocumentError.OfVersion(directory.member(), directory.versionMember(), Json.typeName(version)));
        }
    }

    private void directory(Directory directory) {
        var items = written.path(directory.member());
        if (items.isMissingNode()) {
            return;
        }
        if (!items.isArray() && !(items.isObject() && items.isEmpty())) {
            errors.add(new DocumentError.OfDirectory(directory.member(), directory.member() + " must be an array"));
            return;
        }
        var kind = directory.kind();
        if (kind == null) {
            plugins(directory, items);
        } else {
            resources(directory, kind, items);
        }
    }

    private void plugins(Directory directory, JsonNode items) {
        for (int i = 0; i < items.size() && errors.size() < maxErrors; i++) {
            var item = items.get(i);
            if (!item.isObject()) {
                add(directory, item, i, "wrong type: expected object, got " + Json.typeName(item));
            }
        }
        plugins = items instanceof ArrayNode array ? array : Json.newArray();
    }

    private void resources(Directory directory, ResourceKind kind, JsonNode items) {
        var read = new ArrayList<Item>(items.size());
        var seen = new HashSet<ResourceKey>();
        for (int i = 0; i < items.size() && errors.size() < maxErrors; i++) {
            var item = items.get(i);
            switch (reader.read(kind, i, item)) {
                case ItemReader.Result.Refused(var message) -> add(directory, item, i, message);
                case ItemReader.Result.Readable(var readable) -> {
                    var plain = plain(readable);
                    review(directory, item, i, plain, seen);
                    read.add(plain);
                }
            }
        }
        resources.put(directory, List.copyOf(read));
    }

    /** An author may have private keys only as an earlier answer showed them: encrypted. */
    private Item plain(Item item) {
        return new Item(item.key(), encryption.written(item.key(), item.value()), item.modifiedIndex());
    }

    private void review(Directory directory, JsonNode written, int index, Item item, Set<ResourceKey> seen) {
        alone.refusal(new Change.Put(item.key(), item.value()))
                .ifPresent(message -> add(directory, written, index, message));
        if (!seen.add(item.key()) && errors.size() < maxErrors) {
            add(directory, written, index, duplicate(directory, item.key()));
        }
    }

    private static String duplicate(Directory directory, ResourceKey key) {
        return switch (key.kind()) {
            case CONSUMER -> "found duplicate username " + key.id() + " in " + directory.member();
            case CREDENTIAL -> "found duplicate credential id " + key.id() + " in " + directory.member();
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
                    STREAM_ROUTE -> "found duplicate id " + key.id() + " in " + directory.member();
        };
    }

    private void add(Directory directory, JsonNode item, int index, String message) {
        var id = item.has("id") || directory != Directory.CONSUMERS ? item.path("id") : item.path("username");
        errors.add(new DocumentError.OfItem(
                directory.member(), id.isMissingNode() ? TextNode.valueOf("") : id, index, message));
    }
}
