package io.suimon.controlplane.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.controlplane.json.Json;
import io.suimon.controlplane.json.TextTrace;
import io.suimon.controlplane.mirror.MirrorView;
import io.suimon.controlplane.store.StoredEntry;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The objects of a view, read only where they may matter: where the {@link TextTrace} of an id is. */
final class StoredObjects {

    /** A resource with the JSON it is stored as. */
    record Stored(ResourceKey key, ObjectNode value) {}

    private final MirrorView view;

    StoredObjects(MirrorView view) {
        this.view = view;
    }

    /** The object under a key; empty when there is none, or what there is is no JSON object. */
    Optional<ObjectNode> get(ResourceKey key) {
        var entry = view.get(key.path());
        return entry == null ? Optional.empty() : Json.object(entry.value());
    }

    /** All objects of a kind in key order. */
    Stream<Stored> all(ResourceKind kind) {
        return where(kind, entry -> true);
    }

    /** The objects of a kind in whose JSON a text occurs as a value, and perhaps some others; in key order. */
    Stream<Stored> mentioning(ResourceKind kind, String text) {
        var trace = TextTrace.of(text);
        return where(kind, entry -> trace.mayBeIn(entry.value()));
    }

    private Stream<Stored> where(ResourceKind kind, Predicate<StoredEntry> wanted) {
        var folder = kind == ResourceKind.CREDENTIAL ? ResourceKind.CONSUMER : kind;
        return view.range(folder.directory() + "/").stream()
                .filter(wanted)
                .flatMap(entry -> ResourceKey.ofPath(entry.path())
                        .filter(key -> key.kind() == kind)
                        .flatMap(key -> Json.object(entry.value()).map(value -> new Stored(key, value)))
                        .stream());
    }
}
