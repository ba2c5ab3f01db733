package io.suimon.controlplane.stream;

import io.suimon.controlplane.mirror.MirrorView;
import io.suimon.controlplane.store.EntryTree;
import io.suimon.controlplane.store.StoredEntry;
import io.suimon.proto.StateDigest;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

class ProjectionTest {

    private final Projection projection = new Projection(4);
    private EntryTree entries = EntryTree.empty();

    private record View(String storeId, long revision, EntryTree entries) implements MirrorView {

        @Override
        public MirrorView plain() {
            var plain = entries.entries().stream()
                    .map(entry -> new StoredEntry(
                            entry.path(),
                            entry.createRevision(),
                            entry.modRevision(),
                            text(entry.value()).replace("sealed", "plain").getBytes(StandardCharsets.UTF_8)))
                    .toList();
            return new View(storeId, revision, EntryTree.of(plain));
        }
    }

    @Test
    void nothingIsSentBeforeTheStoreWasRead() {
        assertThat(projection.from(Position.NONE, false)).isInstanceOf(Difference.None.class);
    }

    @Test
    void nodeOfAKnownRevisionGetsWhatChangedSince() {
        put(1, "routes/a");
        var node = projection.head();
        put(2, "routes/b");
        remove(3, "routes/a");

        var difference = projection.from(node, false);

        assertThat(difference).asInstanceOf(type(Difference.Delta.class)).satisfies(delta -> {
            assertThat(delta.puts()).extracting(put -> put.key().path()).containsExactly("routes/b");
            assertThat(delta.removals()).extracting(Object::toString).containsExactly("routes/a");
            assertThat(delta.target()).isEqualTo(projection.head());
        });
    }

    @Test
    void revisionThatWasSkippedHereCountsAsTheOneBefore() {
        put(1, "routes/a");
        put(5, "routes/b");
        put(6, "routes/c");
        var elsewhere = new Position("store", 3, new StateDigest(1, 2));

        var difference = projection.from(elsewhere, false);

        assertThat(difference)
                .asInstanceOf(type(Difference.Delta.class))
                .satisfies(delta -> assertThat(delta.puts())
                        .extracting(put -> put.key().path())
                        .containsExactlyInAnyOrder("routes/b", "routes/c"));
    }

    @Test
    void nodeWithAnotherDigestAtAKnownRevisionGetsEverything() {
        put(1, "routes/a");
        put(2, "routes/b");

        var difference = projection.from(new Position("store", 1, new StateDigest(1, 2)), false);

        assertThat(difference).isInstanceOf(Difference.Snapshot.class);
    }

    @Test
    void nodeThatWasAwayForTooLongGetsEverything() {
        put(1, "routes/a");
        var node = projection.head();
        for (int revision = 2; revision < 8; revision++) {
            put(revision, "routes/b");
        }

        assertThat(projection.from(node, false)).isInstanceOf(Difference.Snapshot.class);
    }

    @Test
    void revisionWithoutResourcesIsAnEmptyDelta() {
        put(1, "routes/a");
        var node = projection.head();
        put(2, "init_dir");

        assertThat(projection.from(node, false))
                .asInstanceOf(type(Difference.Delta.class))
                .satisfies(delta -> assertThat(delta.isEmpty()).isTrue());
    }

    @Test
    void nodeThatHasSeenMoreIsAhead() {
        put(1, "routes/a");

        var difference = projection.from(new Position("store", 9, new StateDigest(1, 2)), false);

        assertThat(difference).isInstanceOf(Difference.NodeAhead.class);
    }

    @Test
    void digestIsThatOfTheResourcesWhateverTheWayThere() {
        put(1, "routes/a");
        put(2, "routes/b");
        put(3, "routes/a");
        remove(4, "routes/b");

        var digest = projection.head().digest();

        assertThat(digest).isEqualTo(StateDigest.EMPTY.plus("routes", "a", 3, "{}".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void whatIsKnownOfTheDocumentIsNothingForNodes() {
        put(1, "routes/a");
        var digest = projection.head().digest();

        put(2, "suimon/configs");

        assertThat(projection.head()).isEqualTo(new Position("store", 2, digest));
    }

    @Test
    void secretsTravelPlain() {
        put(1, "consumers/jack", "{\"key\":\"sealed\"}");

        var difference = projection.from(Position.NONE, false);

        assertThat(difference)
                .asInstanceOf(type(Difference.Snapshot.class))
                .satisfies(snapshot -> assertThat(snapshot.resources())
                        .extracting(resource -> text(resource.json()))
                        .containsExactly("{\"key\":\"plain\"}"));
        assertThat(projection.head().digest())
                .isEqualTo(StateDigest.EMPTY.plus(
                        "consumers", "jack", 1, "{\"key\":\"plain\"}".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void valueThatChangedAtOneRevisionIsADelta() {
        put(1, "routes/a");
        put(2, "consumers/jack", "{\"key\":\"1\"}");
        var node = projection.head();
        reveal("consumers/jack", "{\"key\":\"2\"}");
        reveal("consumers/jack", "{\"key\":\"3\"}");

        var difference = projection.from(node, false);

        assertThat(projection.head()).isNotEqualTo(node);
        assertThat(difference).asInstanceOf(type(Difference.Delta.class)).satisfies(delta -> {
            assertThat(delta.from()).isEqualTo(2);
            assertThat(delta.target()).isEqualTo(projection.head());
            assertThat(delta.puts()).extracting(put -> text(put.json())).containsExactly("{\"key\":\"3\"}");
        });
    }

    @Test
    void nodeFromBeforeARevisionWithSeveralValuesGetsTheLast() {
        put(1, "routes/a");
        var node = projection.head();
        put(2, "consumers/jack", "{\"key\":\"1\"}");
        reveal("consumers/jack", "{\"key\":\"2\"}");

        var difference = projection.from(node, false);

        assertThat(difference)
                .asInstanceOf(type(Difference.Delta.class))
                .satisfies(delta -> assertThat(delta.puts())
                        .extracting(put -> text(put.json()))
                        .containsExactly("{\"key\":\"2\"}"));
    }

    @Test
    void nodeThatAnotherControlPlaneToldAnotherValueGetsEverything() {
        put(1, "consumers/jack", "{\"key\":\"1\"}");
        reveal("consumers/jack", "{\"key\":\"2\"}");
        put(2, "routes/a");

        var difference = projection.from(new Position("store", 1, new StateDigest(1, 2)), false);

        assertThat(difference).isInstanceOf(Difference.Snapshot.class);
    }

    @Test
    void viewThatIsTheSameMovesNothing() {
        put(1, "routes/a");
        var node = projection.head();

        advance(1);

        assertThat(projection.from(node, false)).isInstanceOf(Difference.None.class);
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private void put(long revision, String path) {
        put(revision, path, "{}");
    }

    private void put(long revision, String path, String json) {
        entries = entries.with(new StoredEntry(path, 1, revision, json.getBytes(StandardCharsets.UTF_8)));
        advance(revision);
    }

    /** A secret in an entry has another value; nothing was written. */
    private void reveal(String path, String json) {
        var before = Objects.requireNonNull(entries.get(path));
        entries = entries.with(new StoredEntry(
                path, before.createRevision(), before.modRevision(), json.getBytes(StandardCharsets.UTF_8)));
        advance(projection.head().revision());
    }

    private void remove(long revision, String path) {
        entries = entries.without(path);
        advance(revision);
    }

    private void advance(long revision) {
        projection.advance(new View("store", revision, entries));
    }
}
