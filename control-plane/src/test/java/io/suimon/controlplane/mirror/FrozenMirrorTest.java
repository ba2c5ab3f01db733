package io.suimon.controlplane.mirror;

import io.suimon.controlplane.store.Commit;
import io.suimon.controlplane.store.Mutation;
import io.suimon.controlplane.store.StoreSnapshot;
import io.suimon.controlplane.store.StoreWatcher.Ending;
import io.suimon.controlplane.store.StoredEntry;
import io.suimon.process.TestPatience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What makes the view freeze, and what lets it go on. */
class FrozenMirrorTest {

    @TempDir
    Path folder;

    private MirrorScene scene;

    @BeforeEach
    void open() {
        scene = new MirrorScene(folder, UnaryOperator.identity(), System::nanoTime);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void freezesBeforeAnotherStoreAndGoesOnWhenItsOwnIsBack() throws Exception {
        long revision = scene.put("routes/1", "a");
        scene.mirror.start();
        scene.viewAt(revision);
        scene.untilLive();
        scene.store.answerWith(new StoreSnapshot("other", 99, List.of()));
        scene.store.breakWatches(Ending.HISTORY_LOST, "another store");
        await().until(() -> scene.mirror.alarm().isPresent());
        var frozen = scene.mirror.view();

        scene.store.up();

        await().until(() -> scene.mirror.alarm().isEmpty());
        assertThat(frozen.get("routes/1")).isNotNull();
        assertThat(scene.mirror.view().storeId())
                .isEqualTo(scene.embedded.list().storeId());
    }

    @Test
    void freezesBeforeAStoreThatWentBack() throws Exception {
        long revision = scene.put("routes/1", "a");
        scene.mirror.start();
        scene.viewAt(revision);
        scene.untilLive();
        scene.store.answerWith(new StoreSnapshot(scene.embedded.list().storeId(), 1, List.of()));
        scene.store.breakWatches(Ending.HISTORY_LOST, "restored");

        await().until(() -> scene.mirror.alarm().isPresent());

        assertThat(scene.mirror.alarm())
                .contains("the store went back to revision 1 (expected: at least 2); was a backup restored?");
        assertThat(scene.mirror.stale()).isEqualTo(scene.mirror.alarm());
        assertThat(scene.mirror.view().get("routes/1")).isNotNull();
    }

    /** Its revision says nothing then, nor does what is new in it. */
    @Test
    void freezesBeforeAStoreThatWentBackAndIsAheadAgain(@TempDir Path twin) throws Exception {
        scene.put("routes/1", "a");
        scene.close();
        copy(folder, twin);
        scene = new MirrorScene(folder, UnaryOperator.identity(), System::nanoTime);
        var known = watched(scene.put("routes/1", "b"));
        try (var earlier = MirrorScene.storeIn(twin)) {
            earlier.commit(List.of(), List.of(new Mutation.Put("routes/1", "other".getBytes(UTF_8), null)));
            earlier.commit(List.of(), List.of(new Mutation.Put("routes/2", "new".getBytes(UTF_8), null)));

            scene.store.become(earlier);
            scene.store.breakWatches(Ending.INTERRUPTED, "connection refused");

            await().until(() -> scene.mirror.alarm().isPresent());
            assertThat(scene.mirror.alarm())
                    .contains("the store's history is another one: it holds routes/1@" + known.revision()
                            + " (expected: another value); was a backup restored?");
            assertThat(scene.mirror.view()).isSameAs(known);
        }
    }

    private MirrorView watched(long revision) throws InterruptedException {
        scene.mirror.start();
        var view = scene.viewAt(revision);
        scene.untilLive();
        return view;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.list(from)) {
            for (var file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private void putMany(int count) throws InterruptedException {
        long last = 0;
        for (int i = 0; i < count; i++) {
            last = scene.put("routes/" + i, "a");
        }
        scene.mirror.start();
        scene.viewAt(last);
        scene.untilLive();
    }

    private void untilFrozen(String reason) {
        await().until(() -> scene.mirror.alarm().filter(reason::equals).isPresent());
    }

    @Test
    void freezesBeforeARevisionThatTakesTooMuchAndLeavesNothing() throws Exception {
        putMany(10);

        scene.done(new Mutation.DeletePrefix("routes/"));

        untilFrozen("10 of 10 entries are gone from the store at once (expected: at most 50 %)");
        assertThat(scene.mirror.view().range("")).hasSize(10);
        assertThat(scene.mirror.stale()).isEqualTo(scene.mirror.alarm());
    }

    @Test
    void freezesBeforeAListThatLacksTooMuch() throws Exception {
        putMany(10);
        scene.store.down("compacted");
        scene.store.breakWatches(Ending.HISTORY_LOST, "compacted");
        for (int i = 0; i < 6; i++) {
            scene.done(new Mutation.Delete("routes/" + i));
        }

        scene.store.up();

        untilFrozen("6 of 10 entries are gone from the store at once (expected: at most 50 %)");
        assertThat(scene.mirror.view().range("")).hasSize(10);
    }

    @Test
    void removingAllOneByOneIsNoLoss() throws Exception {
        putMany(10);
        long last = 0;
        for (int i = 0; i < 10; i++) {
            last = scene.done(new Mutation.Delete("routes/" + i));
        }

        var view = scene.viewAt(last);

        assertThat(view.range("")).isEmpty();
        assertThat(scene.mirror.alarm()).isEmpty();
    }

    @Test
    void whoWritesWhileRemovingMeansIt() throws Exception {
        putMany(10);
        var replaced = scene.embedded.commit(
                List.of(),
                List.of(
                        new Mutation.DeletePrefix("routes/"),
                        new Mutation.Put("suimon/configs", "b".getBytes(UTF_8), null)));

        var view = scene.viewAt(((Commit.Done) replaced).revision());

        assertThat(MirrorScene.texts(view)).containsExactly("suimon/configs=b");
        assertThat(scene.mirror.alarm()).isEmpty();
    }

    @Test
    void goesOnWithWhatIsThereWhenItIsAccepted() throws Exception {
        putMany(10);
        long last = scene.done(new Mutation.DeletePrefix("routes/"));
        await().until(() -> scene.mirror.alarm().isPresent());

        var acceptance = scene.mirror.accept(TestPatience.LONG);

        assertThat(acceptance).isInstanceOfSatisfying(Acceptance.Accepted.class, accepted -> {
            assertThat(accepted.view().revision()).isEqualTo(last);
            assertThat(accepted.view().range("")).isEmpty();
        });
        assertThat(scene.mirror.alarm()).isEmpty();
        scene.viewAt(scene.put("routes/1", "after"));
        scene.untilLive();
    }

    @Test
    void acceptsAStoreThatWentBackAndTellsListeners() throws Exception {
        putMany(10);
        var told = new CopyOnWriteArrayList<Long>();
        scene.mirror.listen(view -> told.add(view.revision()));
        scene.store.answerWith(new StoreSnapshot(scene.embedded.list().storeId(), 1, List.of()));
        scene.store.breakWatches(Ending.HISTORY_LOST, "restored");
        await().until(() -> scene.mirror.alarm().isPresent());

        var acceptance = scene.mirror.accept(TestPatience.LONG);

        assertThat(acceptance).isInstanceOf(Acceptance.Accepted.class);
        await().until(() -> told.contains(1L));
    }

    @Test
    void aStoreThatCannotBeReadCannotBeAccepted() throws Exception {
        putMany(10);
        scene.done(new Mutation.DeletePrefix("routes/"));
        await().until(() -> scene.mirror.alarm().isPresent());
        scene.store.down("connection refused");

        var acceptance = scene.mirror.accept(Duration.ofMillis(300));

        assertThat(acceptance).isInstanceOf(Acceptance.Unavailable.class);
        assertThat(scene.mirror.alarm()).isPresent();
        assertThat(scene.mirror.view().range("")).hasSize(10);
    }

    @Test
    void thereIsNothingToAcceptWhileAllIsWell() throws Exception {
        putMany(1);

        var acceptance = scene.mirror.accept(TestPatience.LONG);

        assertThat(acceptance).isEqualTo(new Acceptance.NothingToAccept());
    }

    @Test
    void freezesBeforeAHistoryThatWasRewritten() throws Exception {
        putMany(10);
        var known = scene.embedded.list();
        var other = new StoredEntry("routes/1", 1, known.revision() - 1, "x".getBytes(UTF_8));
        scene.store.answerWith(new StoreSnapshot(known.storeId(), known.revision() + 5, List.of(other)));
        scene.store.breakWatches(Ending.HISTORY_LOST, "restored");

        await().until(() -> scene.mirror.alarm().isPresent());

        assertThat(scene.mirror.alarm().orElseThrow())
                .startsWith("the store's history is another one: it holds routes/1@");
    }
}
