package io.suimon.controlplane.mirror;

import io.suimon.controlplane.store.Commit;
import io.suimon.controlplane.store.Mutation;
import io.suimon.controlplane.store.StoreWatcher.Ending;
import io.suimon.controlplane.store.StoredEntry;
import io.suimon.controlplane.store.embedded.EmbeddedConfigStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class StoreMirrorTest {

    @TempDir
    Path folder;

    private final List<String> opened = new CopyOnWriteArrayList<>();
    private final AtomicLong nanos = new AtomicLong();
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
                this::opened,
                new LossLimit(50, 5),
                Duration.ofSeconds(15),
                Duration.ofMillis(100),
                nanos::get,
                RandomGenerator.getDefault());
    }

    @AfterEach
    void close() {
        mirror.close();
        embedded.close();
    }

    /** What stands for decrypting here: brackets are taken off. */
    private StoredEntry opened(StoredEntry entry) {
        opened.add(entry.toString());
        var text = new String(entry.value(), UTF_8);
        return text.startsWith("(")
                ? new StoredEntry(
                        entry.path(),
                        entry.createRevision(),
                        entry.modRevision(),
                        text.substring(1, text.length() - 1).getBytes(UTF_8))
                : entry;
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

    private void untilTold(String trouble) {
        await().atMost(Duration.ofSeconds(10))
                .until(() -> mirror.stale().filter(trouble::equals).isPresent());
    }

    @Test
    void startsEmptyAndSaysSo() {
        assertThat(mirror.view().revision()).isZero();
        assertThat(mirror.view().storeId()).isEmpty();
        assertThat(mirror.stale()).contains("the store was not read yet");
        assertThat(mirror.alarm()).isEmpty();
    }

    @Test
    void showsWhatTheStoreHoldsAndFollowsIt() throws Exception {
        put("routes/1", "a");
        mirror.start();
        untilLive();
        put("routes/2", "b");
        long revision = done(new Mutation.Delete("routes/1"));

        var view = viewAt(revision);

        assertThat(view.revision()).isEqualTo(revision);
        assertThat(view.storeId()).isEqualTo(embedded.list().storeId());
        assertThat(view.range("")).isEqualTo(embedded.list().entries());
        assertThat(view.get("routes/1")).isNull();
        assertThat(mirror.staleFor()).isZero();
    }

    @Test
    void showsSecretsSealedAndPlainWhateverTheWayThere() throws Exception {
        put("consumers/a", "(secret)");
        put("routes/1", "a");
        mirror.start();
        untilLive();
        put("consumers/b", "(more)");
        put("consumers/c", "(gone)");
        put("routes/1", "b");
        long revision = done(new Mutation.Delete("consumers/c"));

        var view = viewAt(revision);

        assertThat(texts(view)).containsExactly("consumers/a=(secret)", "consumers/b=(more)", "routes/1=b");
        assertThat(texts(view.plain())).containsExactly("consumers/a=secret", "consumers/b=more", "routes/1=b");
        assertThat(view.plain().revision()).isEqualTo(revision);
        assertThat(texts(view.plain().plain())).isEqualTo(texts(view.plain()));
    }

    @Test
    void opensEachRevisionOfAnEntryOnce() throws Exception {
        put("consumers/a", "(secret)");
        mirror.start();
        untilLive();
        store.breakWatches(Ending.HISTORY_LOST, "compacted");
        long revision = put("consumers/b", "(more)");

        var view = viewAt(revision);

        assertThat(texts(view.plain())).containsExactly("consumers/a=secret", "consumers/b=more");
        assertThat(opened).doesNotHaveDuplicates().hasSize(2);
    }

    @Test
    void aViewThatWasTakenStaysAsItIs() throws Exception {
        long first = put("routes/1", "a");
        mirror.start();
        var before = viewAt(first);
        long second = put("routes/1", "b");

        viewAt(second);

        assertThat(before.revision()).isEqualTo(first);
        assertThat(before.range("routes/")).extracting(StoredEntry::modRevision).containsExactly(first);
    }

    @Test
    void recoversByItselfWhenTheStoreIsDownAtTheStart() throws Exception {
        long revision = put("routes/1", "a");
        store.down("etcd is down");
        mirror.start();
        untilTold("etcd is down");

        store.up();

        assertThat(viewAt(revision).get("routes/1")).isNotNull();
        untilLive();
    }

    @Test
    void resumesABrokenWatchWithoutListingAgain() throws Exception {
        mirror.start();
        untilLive();
        store.down("connection reset");
        store.breakWatches(Ending.INTERRUPTED, "connection reset");
        untilTold("connection reset");
        long revision = put("routes/1", "a");

        store.up();

        assertThat(viewAt(revision).get("routes/1")).isNotNull();
        assertThat(store.lists()).isEqualTo(1);
        untilLive();
    }

    @Test
    void listsAgainWhenHistoryIsLostAndKeepsWhatDidNotChange() throws Exception {
        put("routes/1", "a");
        put("routes/3", "gone");
        long revision = put("routes/2", "b");
        mirror.start();
        var before = viewAt(revision);
        untilLive();
        store.down("compacted");
        store.breakWatches(Ending.HISTORY_LOST, "compacted");
        put("routes/2", "changed");
        long last = done(new Mutation.Delete("routes/3"));

        store.up();

        var after = viewAt(last);
        assertThat(after.get("routes/1")).isSameAs(before.get("routes/1"));
        assertThat(after.range("")).isEqualTo(embedded.list().entries());
        assertThat(store.lists()).isGreaterThan(1);
    }

    @Test
    void silenceMakesTheViewStaleAndASignOfLifeLive() throws Exception {
        mirror.start();
        untilLive();
        nanos.addAndGet(Duration.ofSeconds(16).toNanos());

        var silent = mirror.stale();
        var silentFor = mirror.staleFor();
        viewAt(put("routes/1", "a"));

        assertThat(silent).contains("nothing heard from the store for 16 s");
        assertThat(silentFor).isEqualTo(Duration.ofSeconds(16));
        assertThat(mirror.stale()).isEmpty();
    }

    @Test
    void awaitSaysWhenTheTimeIsOver() throws Exception {
        mirror.start();
        untilLive();

        var reached = mirror.await(1_000, Duration.ofMillis(20));

        assertThat(reached).isFalse();
    }

    @Test
    void listenersAreToldThePresentViewAndThenEveryNewestOneInOrder() throws Exception {
        var told = new CopyOnWriteArrayList<Long>();
        mirror.listen(view -> told.add(view.revision()));
        mirror.start();
        untilLive();
        IntStream.range(0, 100).forEach(i -> put("routes/1", "" + i));
        long last = put("routes/1", "last");

        await().atMost(Duration.ofSeconds(10)).until(() -> !told.isEmpty() && told.getLast() == last);

        assertThat(told).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aSlowListenerSkipsAndDelaysNoReader() throws Exception {
        var release = new CountDownLatch(1);
        var told = new CopyOnWriteArrayList<Long>();
        mirror.start();
        untilLive();
        mirror.listen(view -> {
            told.add(view.revision());
            awaitQuietly(release);
        });
        await().atMost(Duration.ofSeconds(10)).until(() -> !told.isEmpty());
        long last = IntStream.range(0, 20)
                .mapToLong(i -> put("routes/1", "" + i))
                .max()
                .orElseThrow();

        viewAt(last);
        release.countDown();

        await().atMost(Duration.ofSeconds(10)).until(() -> told.getLast() == last);
        assertThat(told).hasSizeLessThan(5);
    }

    @Test
    void aListenerThatFailsKeepsNothingFromTheOthers() throws Exception {
        var told = new CopyOnWriteArrayList<Long>();
        mirror.start();
        untilLive();
        mirror.listen(view -> {
            throw new IllegalStateException("expected by the test");
        });
        mirror.listen(view -> told.add(view.revision()));

        long revision = put("routes/1", "a");

        await().atMost(Duration.ofSeconds(10)).until(() -> told.contains(revision));
    }

    @Test
    void noEventIsLostThroughBrokenWatches() throws Exception {
        mirror.start();
        untilLive();
        var seen = Collections.synchronizedList(new ArrayList<MirrorView>());
        mirror.listen(seen::add);
        long last = 0;
        for (int i = 0; i < 300; i++) {
            last = put("routes/" + i % 7, "" + i);
            if (i % 40 == 20) {
                store.breakWatches(i % 80 == 20 ? Ending.INTERRUPTED : Ending.HISTORY_LOST, "expected by the test");
            }
        }

        var view = viewAt(last);

        assertThat(view.range("")).isEqualTo(embedded.list().entries());
        assertThat(List.copyOf(seen))
                .allSatisfy(shown -> assertThat(shown.range(""))
                        .allSatisfy(entry -> assertThat(entry.modRevision()).isLessThanOrEqualTo(shown.revision())));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
