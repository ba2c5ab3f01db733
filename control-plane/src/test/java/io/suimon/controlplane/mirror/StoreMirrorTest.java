package io.suimon.controlplane.mirror;

import io.suimon.controlplane.store.Mutation;
import io.suimon.controlplane.store.StoreWatcher.Ending;
import io.suimon.controlplane.store.StoredEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
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
    private MirrorScene scene;

    @BeforeEach
    void open() {
        scene = new MirrorScene(folder, this::opened, nanos::get);
    }

    @AfterEach
    void close() {
        scene.close();
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

    private void untilTold(String trouble) {
        await().until(() -> scene.mirror.stale().filter(trouble::equals).isPresent());
    }

    @Test
    void startsEmptyAndSaysSo() {
        assertThat(scene.mirror.view().revision()).isZero();
        assertThat(scene.mirror.view().storeId()).isEmpty();
        assertThat(scene.mirror.stale()).contains("the store was not read yet");
        assertThat(scene.mirror.alarm()).isEmpty();
    }

    @Test
    void showsWhatTheStoreHoldsAndFollowsIt() throws Exception {
        scene.put("routes/1", "a");
        scene.mirror.start();
        scene.untilLive();
        scene.put("routes/2", "b");
        long revision = scene.done(new Mutation.Delete("routes/1"));

        var view = scene.viewAt(revision);

        assertThat(view.revision()).isEqualTo(revision);
        assertThat(view.storeId()).isEqualTo(scene.embedded.list().storeId());
        assertThat(view.range("")).isEqualTo(scene.embedded.list().entries());
        assertThat(view.get("routes/1")).isNull();
        assertThat(scene.mirror.staleFor()).isZero();
    }

    @Test
    void showsSecretsSealedAndPlainWhateverTheWayThere() throws Exception {
        scene.put("consumers/a", "(secret)");
        scene.put("routes/1", "a");
        scene.mirror.start();
        scene.untilLive();
        scene.put("consumers/b", "(more)");
        scene.put("consumers/c", "(gone)");
        scene.put("routes/1", "b");
        long revision = scene.done(new Mutation.Delete("consumers/c"));

        var view = scene.viewAt(revision);

        assertThat(MirrorScene.texts(view)).containsExactly("consumers/a=(secret)", "consumers/b=(more)", "routes/1=b");
        assertThat(MirrorScene.texts(view.plain()))
                .containsExactly("consumers/a=secret", "consumers/b=more", "routes/1=b");
        assertThat(view.plain().revision()).isEqualTo(revision);
        assertThat(MirrorScene.texts(view.plain().plain())).isEqualTo(MirrorScene.texts(view.plain()));
    }

    @Test
    void opensEachRevisionOfAnEntryOnce() throws Exception {
        scene.put("consumers/a", "(secret)");
        scene.mirror.start();
        scene.untilLive();
        scene.store.breakWatches(Ending.HISTORY_LOST, "compacted");
        long revision = scene.put("consumers/b", "(more)");

        var view = scene.viewAt(revision);

        assertThat(MirrorScene.texts(view.plain())).containsExactly("consumers/a=secret", "consumers/b=more");
        assertThat(opened).doesNotHaveDuplicates().hasSize(2);
    }

    @Test
    void aViewThatWasTakenStaysAsItIs() throws Exception {
        long first = scene.put("routes/1", "a");
        scene.mirror.start();
        var before = scene.viewAt(first);
        long second = scene.put("routes/1", "b");

        scene.viewAt(second);

        assertThat(before.revision()).isEqualTo(first);
        assertThat(before.range("routes/")).extracting(StoredEntry::modRevision).containsExactly(first);
    }

    @Test
    void recoversByItselfWhenTheStoreIsDownAtTheStart() throws Exception {
        long revision = scene.put("routes/1", "a");
        scene.store.down("etcd is down");
        scene.mirror.start();
        untilTold("etcd is down");

        scene.store.up();

        assertThat(scene.viewAt(revision).get("routes/1")).isNotNull();
        scene.untilLive();
    }

    @Test
    void resumesABrokenWatchWithoutListingAgain() throws Exception {
        scene.put("routes/0", "a");
        scene.mirror.start();
        scene.untilLive();
        scene.store.down("connection reset");
        scene.store.breakWatches(Ending.INTERRUPTED, "connection reset");
        untilTold("connection reset");
        long revision = scene.put("routes/1", "a");

        scene.store.up();

        assertThat(scene.viewAt(revision).get("routes/1")).isNotNull();
        assertThat(scene.store.lists()).isEqualTo(1);
        scene.untilLive();
    }

    @Test
    void resumesBehindAListThatMissedARemoval() throws Exception {
        scene.put("routes/1", "a");
        scene.put("routes/2", "a");
        long removed = scene.done(new Mutation.Delete("routes/2"));
        scene.mirror.start();
        scene.viewAt(removed);
        scene.untilLive();

        scene.store.breakWatches(Ending.INTERRUPTED, "a moment");

        assertThat(MirrorScene.texts(scene.viewAt(scene.put("routes/3", "b"))))
                .containsExactly("routes/1=a", "routes/3=b");
        assertThat(scene.store.lists()).isEqualTo(1);
    }

    @Test
    void listsAgainWhenHistoryIsLostAndKeepsWhatDidNotChange() throws Exception {
        scene.put("routes/1", "a");
        scene.put("routes/3", "gone");
        long revision = scene.put("routes/2", "b");
        scene.mirror.start();
        var before = scene.viewAt(revision);
        scene.untilLive();
        scene.store.down("compacted");
        scene.store.breakWatches(Ending.HISTORY_LOST, "compacted");
        scene.put("routes/2", "changed");
        long last = scene.done(new Mutation.Delete("routes/3"));

        scene.store.up();

        var after = scene.viewAt(last);
        assertThat(after.get("routes/1")).isSameAs(before.get("routes/1"));
        assertThat(after.range("")).isEqualTo(scene.embedded.list().entries());
        assertThat(scene.store.lists()).isGreaterThan(1);
    }

    @Test
    void silenceMakesTheViewStaleAndASignOfLifeLive() throws Exception {
        scene.mirror.start();
        scene.untilLive();
        nanos.addAndGet(Duration.ofSeconds(16).toNanos());

        var silent = scene.mirror.stale();
        var silentFor = scene.mirror.staleFor();
        scene.viewAt(scene.put("routes/1", "a"));

        assertThat(silent).contains("nothing heard from the store for 16 s");
        assertThat(silentFor).isEqualTo(Duration.ofSeconds(16));
        assertThat(scene.mirror.stale()).isEmpty();
    }

    @Test
    void awaitSaysWhenTheTimeIsOver() throws Exception {
        scene.mirror.start();
        scene.untilLive();

        var reached = scene.mirror.await(1_000, Duration.ofMillis(20));

        assertThat(reached).isFalse();
    }

    @Test
    void listenersAreToldThePresentViewAndThenEveryNewestOneInOrder() throws Exception {
        var told = new CopyOnWriteArrayList<Long>();
        scene.mirror.listen(view -> told.add(view.revision()));
        scene.mirror.start();
        scene.untilLive();
        IntStream.range(0, 100).forEach(i -> scene.put("routes/1", "" + i));
        long last = scene.put("routes/1", "last");

        await().until(() -> !told.isEmpty() && told.getLast() == last);

        assertThat(told).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aSlowListenerSkipsAndDelaysNoReader() throws Exception {
        var release = new CountDownLatch(1);
        var told = new CopyOnWriteArrayList<Long>();
        scene.mirror.start();
        scene.untilLive();
        scene.mirror.listen(view -> {
            told.add(view.revision());
            awaitQuietly(release);
        });
        await().until(() -> !told.isEmpty());
        long last = IntStream.range(0, 20)
                .mapToLong(i -> scene.put("routes/1", "" + i))
                .max()
                .orElseThrow();

        scene.viewAt(last);
        release.countDown();

        await().until(() -> told.getLast() == last);
        assertThat(told).hasSizeLessThan(5);
    }

    @Test
    void aListenerThatFailsKeepsNothingFromTheOthers() throws Exception {
        var told = new CopyOnWriteArrayList<Long>();
        scene.mirror.start();
        scene.untilLive();
        scene.mirror.listen(view -> {
            throw new IllegalStateException("expected by the test");
        });
        scene.mirror.listen(view -> told.add(view.revision()));

        long revision = scene.put("routes/1", "a");

        await().until(() -> told.contains(revision));
    }

    @Test
    void noEventIsLostThroughBrokenWatches() throws Exception {
        scene.mirror.start();
        scene.untilLive();
        var seen = Collections.synchronizedList(new ArrayList<MirrorView>());
        scene.mirror.listen(seen::add);
        long last = 0;
        for (int i = 0; i < 300; i++) {
            last = scene.put("routes/" + i % 7, "" + i);
            if (i % 40 == 20) {
                scene.store.breakWatches(
                        i % 80 == 20 ? Ending.INTERRUPTED : Ending.HISTORY_LOST, "expected by the test");
            }
        }

        var view = scene.viewAt(last);

        assertThat(view.range("")).isEqualTo(scene.embedded.list().entries());
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
