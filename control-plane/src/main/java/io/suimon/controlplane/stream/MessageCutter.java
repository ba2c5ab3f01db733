package io.suimon.controlplane.stream;

import com.google.protobuf.UnsafeByteOperations;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.engine.resource.StoredResource;
import io.suimon.proto.SyncProtocol;
import io.suimon.proto.sync.v1.ControlMessage;
import io.suimon.proto.sync.v1.Delta;
import io.suimon.proto.sync.v1.Heartbeat;
import io.suimon.proto.sync.v1.Resource;
import io.suimon.proto.sync.v1.ResourceRef;
import io.suimon.proto.sync.v1.SnapshotChunk;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Cuts a difference into messages of bounded size, one at a time: a slow node costs one message, not all. Not thread-safe.
 *
 * <p>The JSON bytes are not copied; whoever made them does not change them.
 */
final class MessageCutter implements Iterator<ControlMessage> {

    /** What one message holds at most of a resource's JSON; leaves room for its key, its revisions and the lengths of all. */
    private static final int PIECE_BYTES = SyncProtocol.CHUNK_BYTES - 8 * 1024;

    private final Iterator<StoredResource> puts;
    private final Iterator<ResourceKey> removals;
    private final Envelope envelope;
    private final ArrayDeque<Resource> pieces = new ArrayDeque<>();
    private int index;
    private boolean finished;

    /** Puts one part into its message. */
    @FunctionalInterface
    private interface Envelope {
        ControlMessage around(List<Resource> puts, List<ResourceRef> removals, int index, boolean last);
    }

    private MessageCutter(List<StoredResource> puts, List<ResourceKey> removals, Envelope envelope) {
        this.puts = puts.iterator();
        this.removals = removals.iterator();
        this.envelope = envelope;
    }

    /** All of a configuration; at least one message. */
    static Iterator<ControlMessage> cut(Difference.Snapshot snapshot) {
        return new MessageCutter(
                snapshot.resources(),
                List.of(),
                (puts, none, index, last) -> chunk(snapshot.target(), puts, index, last));
    }

    /** What changed; at least one message. */
    static Iterator<ControlMessage> cut(Difference.Delta delta) {
        if (delta.isEmpty()) {
            return List.of(heartbeat(delta.target(), Duration.ZERO, true)).iterator();
        }
        return new MessageCutter(
                delta.puts(),
                delta.removals(),
                (puts, removals, index, last) -> part(delta, puts, removals, index, last));
    }

    /**
     * Says where a node should be.
     *
     * @param interval how often there is one; zero leaves it as it was said before
     * @param ackWanted whether the node has not acknowledged this position yet
     */
    static ControlMessage heartbeat(Position position, Duration interval, boolean ackWanted) {
        return ControlMessage.newBuilder()
                .setHeartbeat(Heartbeat.newBuilder()
                        .setRevision(position.revision())
                        .setDigest(position.digest().toMessage())
                        .setIntervalMillis(Math.toIntExact(interval.toMillis()))
                        .setAckWanted(ackWanted))
                .build();
    }

    @Override
    public boolean hasNext() {
        return !finished;
    }

    @Override
    public ControlMessage next() {
        if (finished) {
            throw new NoSuchElementException();
        }
        int room = SyncProtocol.CHUNK_BYTES;
        var resources = new ArrayList<Resource>();
        var refs = new ArrayList<ResourceRef>();
        while (pieceWaits() && (resources.isEmpty() || pieces.getFirst().getSerializedSize() <= room)) {
            var piece = pieces.removeFirst();
            room -= piece.getSerializedSize();
            resources.add(piece);
        }
        while (!pieceWaits() && removals.hasNext() && room > 0) {
            var ref = refTo(removals.next());
            room -= ref.getSerializedSize();
            refs.add(ref);
        }
        finished = !pieceWaits() && !removals.hasNext();
        return envelope.around(resources, refs, index++, finished);
    }

    private boolean pieceWaits() {
        if (pieces.isEmpty() && puts.hasNext()) {
            addPieces(puts.next());
        }
        return !pieces.isEmpty();
    }

    private void addPieces(StoredResource resource) {
        byte[] json = resource.json();
        int from = 0;
        do {
            int length = Math.min(PIECE_BYTES, json.length - from);
            pieces.addLast(Resource.newBuilder()
                    .setKind(resource.key().kind().directory())
                    .setId(resource.key().id())
                    .setCreateRevision(resource.createRevision())
                    .setModRevision(resource.modRevision())
                    .setJson(UnsafeByteOperations.unsafeWrap(json, from, length))
                    .setMore(from + length < json.length)
                    .build());
            from += length;
        } while (from < json.length);
    }

    private static ResourceRef refTo(ResourceKey key) {
        return ResourceRef.newBuilder()
                .setKind(key.kind().directory())
                .setId(key.id())
                .build();
    }

    private static ControlMessage chunk(Position target, List<Resource> resources, int index, boolean last) {
        var chunk = SnapshotChunk.newBuilder()
                .setStoreId(target.storeId())
                .setRevision(target.revision())
                .setIndex(index)
                .setLast(last)
                .addAllResources(resources);
        if (last) {
            chunk.setDigest(target.digest().toMessage());
        }
        return ControlMessage.newBuilder().setSnapshot(chunk).build();
    }

    private static ControlMessage part(
            Difference.Delta whole, List<Resource> puts, List<ResourceRef> removals, int index, boolean last) {
        var part = Delta.newBuilder()
                .setFromRevision(whole.from())
                .setToRevision(whole.target().revision())
                .setIndex(index)
                .setLast(last)
                .addAllPuts(puts)
                .addAllRemovals(removals);
        if (last) {
            part.setDigest(whole.target().digest().toMessage());
        }
        return ControlMessage.newBuilder().setDelta(part).build();
    }
}
