package io.suimon.dataplane.sync;

import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.ResourceKind;
import io.suimon.engine.resource.StoredResource;
import io.suimon.proto.sync.v1.Resource;
import io.suimon.proto.sync.v1.ResourceRef;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what arrives in parts, within bounds: one snapshot or one delta. Not thread-safe.
 *
 * <p>Kinds this version does not know make the transfer fail: a configuration of which a part is left out is not the one whose
 * digest is known.
 */
final class Transfer {

    private final long maxResourceBytes;
    private final long maxTotalBytes;
    private final List<StoredResource> puts = new ArrayList<>();
    private final List<ResourceKey> removals = new ArrayList<>();
    private final ByteArrayOutputStream beginning = new ByteArrayOutputStream(0);
    private @Nullable Resource unfinished;
    private int parts;
    private long bytes;

    Transfer(long maxResourceBytes, long maxTotalBytes) {
        this.maxResourceBytes = maxResourceBytes;
        this.maxTotalBytes = maxTotalBytes;
    }

    /**
     * Takes in one part.
     *
     * @return why it cannot be taken, for people; empty when it was
     */
    Optional<String> add(int index, List<Resource> resources, List<ResourceRef> refs) {
        if (index != parts) {
            return Optional.of("part %d (expected: %d)".formatted(index, parts));
        }
        parts++;
        for (var piece : resources) {
            var violation = add(piece);
            if (violation.isPresent()) {
                return violation;
            }
        }
        for (var ref : refs) {
            var key = keyOf(ref.getKind(), ref.getId());
            if (key.isEmpty()) {
                return unknown(ref.getKind(), ref.getId());
            }
            removals.add(key.get());
        }
        return Optional.empty();
    }

    private Optional<String> add(Resource piece) {
        var before = unfinished;
        if (before != null && !continues(before, piece)) {
            return Optional.of("resource %s/%s broke off".formatted(before.getKind(), before.getId()));
        }
        long size = beginning.size() + (long) piece.getJson().size();
        bytes += piece.getJson().size();
        if (size > maxResourceBytes) {
            return Optional.of("resource %s/%s: %d bytes (expected: at most %d, suimon.control-plane.max-resource-size)"
                    .formatted(piece.getKind(), piece.getId(), size, maxResourceBytes));
        }
        if (bytes > maxTotalBytes) {
            return Optional.of(
                    "configuration: %d bytes (expected: at most %d, suimon.control-plane.max-configuration-size)"
                            .formatted(bytes, maxTotalBytes));
        }
        if (piece.getMore()) {
            unfinished = piece.toBuilder().clearJson().build();
            beginning.writeBytes(piece.getJson().toByteArray());
            return Optional.empty();
        }
        unfinished = null;
        return keep(piece);
    }

    private static boolean continues(Resource before, Resource piece) {
        return before.getKind().equals(piece.getKind())
                && before.getId().equals(piece.getId())
                && before.getModRevision() == piece.getModRevision();
    }

    private Optional<String> keep(Resource last) {
        var key = keyOf(last.getKind(), last.getId());
        if (key.isEmpty()) {
            return unknown(last.getKind(), last.getId());
        }
        byte[] json = last.getJson().toByteArray();
        if (beginning.size() > 0) {
            beginning.writeBytes(json);
            json = beginning.toByteArray();
            beginning.reset();
        }
        puts.add(new StoredResource(key.get(), last.getCreateRevision(), last.getModRevision(), json));
        return Optional.empty();
    }

    private static Optional<ResourceKey> keyOf(String kind, String id) {
        return id.isEmpty()
                ? Optional.empty()
                : ResourceKind.ofDirectory(kind).map(known -> new ResourceKey(known, id));
    }

    private static Optional<String> unknown(String kind, String id) {
        return Optional.of(
                "kind: %s, id: %s (expected: a kind that this version knows, and an id)".formatted(kind, id));
    }

    /** Whether nothing is missing of what came so far. */
    boolean whole() {
        return unfinished == null;
    }

    List<StoredResource> puts() {
        return puts;
    }

    List<ResourceKey> removals() {
        return removals;
    }
}
