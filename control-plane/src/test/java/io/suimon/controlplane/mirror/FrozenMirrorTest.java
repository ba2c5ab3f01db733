package io.suimon.controlplane.mirror;

import io.suimon.controlplane.store.Commit;
import io.suimon.controlplane.store.Mutation;
import io.suimon.controlplane.store.StoreSnapshot;
import io.suimon.controlplane.store.StoreWatcher.Ending;
import io.suimon.controlplane.store.StoredEntry;
import io.suimon.controlplane.store.embedded.EmbeddedConfigStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
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

    private EmbeddedConfigStore embedded;
    private FaultyConfigStore store;
    private StoreMirror mirror;

    @BeforeEach
    void open() {
        var limits = new EmbeddedConfigStore.Limits(Duration.ofSeconds(10), 1024, 50, 4 << 20);
        embedded = EmbeddedConfigStore.open(folder, limits, InstantSource.system(), RandomGenerator.getDefault());
        store = new FaultyConfigStore(embedded);
        mirror = new StoreMirror(
                store,
                UnaryOperator.identity(),
                new LossLimit(50, 5),
                Duration.ofSeconds(15),
                Duration.ofMillis(100),
                System::nanoTime,
                RandomGenerator.getDefault());
    }

    @AfterEach
    void close() {
        mirror.close();
        embedded.close();
    }

    private static List<String> texts(MirrorView view) {
        return view.range("").stream()
                .map(entry -> entry.path() + "=" + new String(entry.value(), UTF_8))
                .toList();
    }

    private long put(String path, String value) {
        return done(new Mutation.Put(path, value.getBytes(UTF_8), null));
    }

    private long done(Mutation mutation) {
        return ((Commit.Done) embedded.commit(List.of(), List.of(mutation))).revision();
    }

    private MirrorView viewAt(long revision) throws InterruptedException {
        assertThat(mirror.await(revision, Duration.ofSeconds(10))).isTrue();
        return mirror.view();
    }

    private void untilLive() {
        await().atMost(Duration.ofSeconds(10)).until(() -> mirror.stale().isEmpty());
    }

    @Test
    void freezesBeforeAnotherStoreAndGoesOnWhenItsOwnIsBack() throws Exception {
        long revision = put("routes/1", "a");
        mirror.start();
        viewAt(revision);
        untilLive();
        store.answerWith(new StoreSnapshot("other", 99, List.of()));
        store.breakWatches(Ending.HISTORY_LOST, "another store");
        await().atMost(Duration.ofSeconds(10)).until(() -> mirror.alarm().isPresent());
        var frozen = mirror.view();

        store.up();

        await().atMost(Duration.ofSeconds(10)).until(() -> mirror.alarm().isEmpty());
        assertThat(frozen.get("routes/1")).isNotNull();
        assertThat(mirror.view().storeId()).isEqualTo(embedded.list().storeId());
    }

    @Test
    void freezesBeforeAStoreThatWentBack() throws Exception {
        long revision = put("routes/1", "a");
        mirror.start();
        viewAt(revision);
        untilLive();
        store.answerWith(new StoreSnapshot(embedded.list().storeId(), 1, List.of()));
        store.breakWatches(Ending.HISTORY_LOST, "restored");

        await().atMost(Duration.ofSeconds(10)).until(() -> mirror.alarm().isPresent());

        assertThat(mirror.alarm())
                .contains("the store went back to revision 1 (expected: at least 2); was a backup restored?");
        assertThat(mirror.stale()).isEqualTo(mirror.alarm());
        assertThat(mirror.view().get("routes/1")).isNotNull();
    }

    private void putMany(int count) throws InterruptedException {
        long last = 0;
        for (int i = 0; i < count; i++) {
            last = put("routes/" + i, "a");
        }
        mirror.start();
        viewAt(last);
        untilLive();
    }

    private void untilFrozen(String reason) {
        await().atMost(Duration.ofSeconds(10))
                .until(() -> mirror.alarm().filter(reason::equals).isPresent());
    }

    @Test
    void freezesBeforeARevisionThatTakesTooMuchAndLeavesNothing() throws Exception {
        putMany(10);

        done(new Mutation.DeletePrefix("routes/"));

        untilFrozen("10 of 10 entries are gone from the store at once (expected: at most 50 %)");
        assertThat(mirror.view().range("")).hasSize(10);
        assertThat(mirror.stale()).isEqualTo(mirror.alarm());
    }

    @Test
    void freezesBeforeAListThatLacksTooMuch() throws Exception {
        putMany(10);
        store.down("compacted");
        store.breakWatches(Ending.HISTORY_LOST, "compacted");
        for (int i = 0; i < 6; i++) {
            done(new Mutation.Delete("routes/" + i));
        }

        store.up();

        untilFrozen("6 of 10 entries are gone from the store at once (expected: at most 50 %)");
        assertThat(mirror.view().range("")).hasSize(10);
    }

    @Test
    void removingAllOneByOneIsNoLoss() throws Exception {
        putMany(10);
        long last = 0;
        for (int i = 0; i < 10; i++) {
            last = done(new Mutation.Delete("routes/" + i));
        }

        var view = viewAt(last);

        assertThat(view.range("")).isEmpty();
        assertThat(mirror.alarm()).isEmpty();
    }

    @Test
    void whoWritesWhileRemovingMeansIt() throws Exception {
        putMany(10);
        var replaced = embedded.commit(
                List.of(),
                List.of(
                        new Mutation.DeletePrefix("routes/"),
                        new Mutation.Put("suimon/configs", "b".getBytes(UTF_8), null)));

        var view = viewAt(((Commit.Done) replaced).revision());

        assertThat(texts(view)).containsExactly("suimon/configs=b");
        assertThat(mirror.alarm()).isEmpty();
    }

    @Test
    void goesOnWithWhatIsThereWhenItIsAccepted() throws Exception {
        putMany(10);
        long last = done(new Mutation.DeletePrefix("routes/"));
        await().atMost(Duration.ofSeconds(10)).until(() -> mirror.alarm().isPresent());

        var acceptance = mirror.accept(Duration.ofSeconds(10));

        assertThat(acceptance).isInstanceOfSatisfying(Acceptance.Accepted.class, accepted -> {
            assertThat(accepted.view().revision()).isEqualTo(last);
            assertThat(accepted.view().range("")).isEmpty();
        });
        assertThat(mirror.alarm()).isEmpty();
        viewAt(put("routes/1", "after"));
        untilLive();
    }

    @Test
    void acceptsAStoreThatWentBackAndTellsListeners() throws Exception {
        putMany(10);
        var told = new CopyOnWriteArrayList<Long>();
        mirror.listen(view -> told.add(view.revision()));
        store.answerWith(new StoreSnapshot(embedded.list().storeId(), 1, List.of()));
        store.breakWatches(Ending.HISTORY_LOST, "restored");
        await().atMost(Duration.ofSeconds(10)).until(() -> mirror.alarm().isPresent());

        var acceptance = mirror.accept(Duration.ofSeconds(10));

        assertThat(acceptance).isInstanceOf(Acceptance.Accepted.class);
        await().atMost(Duration.ofSeconds(10)).until(() -> told.contains(1L));
    }

    @Test
    void aStoreThatCannotBeReadCannotBeAccepted() throws Exception {
        putMany(10);
        done(new Mutation.DeletePrefix("routes/"));
        await().atMost(Duration.ofSeconds(10)).until(() -> mirror.alarm().isPresent());
        store.down("connection refused");

        var acceptance = mirror.accept(Duration.ofMillis(300));

        assertThat(acceptance).isInstanceOf(Acceptance.Unavailable.class);
        assertThat(mirror.alarm()).isPresent();
        assertThat(mirror.view().range("")).hasSize(10);
    }

    @Test
    void thereIsNothingToAcceptWhileAllIsWell() throws Exception {
        putMany(1);

        var acceptance = mirror.accept(Duration.ofSeconds(10));

        assertThat(acceptance).isEqualTo(new Acceptance.NothingToAccept());
    }

    @Test
    void freezesBeforeAHistoryThatWasRewritten() throws Exception {
        putMany(10);
        var known = embedded.list();
        var other = new StoredEntry("routes/1", 1, known.revision() - 1, "x".getBytes(UTF_8));
        store.answerWith(new StoreSnapshot(known.storeId(), known.revision() + 5, List.of(other)));
        store.breakWatches(Ending.HISTORY_LOST, "restored");

        await().atMost(Duration.ofSeconds(10)).until(() -> mirror.alarm().isPresent());

        assertThat(mirror.alarm().orElseThrow()).startsWith("the store's history is another one: it holds routes/1@");
    }
}
