package io.suimon.controlplane.store.etcd;

import io.suimon.controlplane.mirror.LossLimit;
import io.suimon.controlplane.mirror.StoreMirror;
import io.suimon.controlplane.store.Commit;
import io.suimon.controlplane.store.ConfigStore;
import io.suimon.controlplane.store.Mutation;
import io.suimon.controlplane.store.RecordingWatcher;
import io.suimon.controlplane.store.StoreUnavailableException;
import io.suimon.controlplane.store.StoredEntry;
import io.suimon.controlplane.store.TestStoreConfig;
import io.suimon.controlplane.store.WatchStart;
import io.suimon.process.TestPatience;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What the store and its mirror do while etcd is down, frozen, compacted or asks for a login. */
class EtcdFaultsTest {

    private static final Duration LONG = TestPatience.LONG;

    @TempDir
    Path folder;

    private EtcdServer etcd;
    private ConfigStore store;
    private StoreMirror mirror;

    @BeforeEach
    void start() {
        etcd = EtcdServer.start(folder, "--auth-token-ttl=2");
        use(Map.of());
    }

    private void use(Map<String, String> settings) {
        var all = new HashMap<>(Map.of(
                "etcd.endpoints", etcd.endpoint(),
                "write-deadline", "500ms",
                "etcd.read-deadline", "5s",
                "etcd.probe-interval", "100ms",
                "etcd.max-pause", "100ms"));
        all.putAll(settings);
        store = EtcdConfigStore.open(TestStoreConfig.with(all), new Random(1));
        mirror = new StoreMirror(
                store,
                UnaryOperator.identity(),
                new LossLimit(50, 20),
                Duration.ofSeconds(1),
                Duration.ofMillis(100),
                System::nanoTime,
                new Random(1));
        mirror.start();
    }

    @AfterEach
    void stop() {
        mirror.close();
        store.close();
        etcd.close();
    }

    private Commit put(String path, String value) {
        return store.commit(List.of(), List.of(new Mutation.Put(path, value.getBytes(UTF_8), null)));
    }

    /** Writes until it is acknowledged: the deadlines here are short, and a busy machine may miss one. */
    private long done(String path, String value) {
        var commit = await().atMost(LONG).until(() -> put(path, value), Commit.Done.class::isInstance);
        return ((Commit.Done) commit).revision();
    }

    private void untilMirrorHas(long revision) throws InterruptedException {
        assertThat(mirror.await(revision, LONG)).isTrue();
    }

    private void untilLive() {
        await().atMost(LONG).until(() -> mirror.stale().isEmpty());
    }

    private void untilStale() {
        await().atMost(LONG).until(() -> mirror.stale().isPresent());
    }

    @Test
    void aWriteThatWasRefusedBeforeItWasSentTakesNoEffect() throws Exception {
        untilMirrorHas(done("routes/1", "a"));
        etcd.kill();
        await().atMost(LONG)
                .until(() -> put("routes/1", "b") instanceof Commit.Unavailable(var maybe, var why) && !maybe);

        var commit = put("routes/1", "c");

        assertThat(commit)
                .isInstanceOfSatisfying(
                        Commit.Unavailable.class,
                        unavailable -> assertThat(unavailable.mayTakeEffect()).isFalse());
        etcd.start();
        untilLive();
        assertThat(store.list().entries())
                .extracting(entry -> new String(entry.value(), UTF_8))
                .containsExactly("a");
    }

    @Test
    void aWriteWithoutAnswerSaysThatItMayTakeEffect() throws Exception {
        untilMirrorHas(done("routes/1", "a"));
        etcd.freeze();

        var commit = put("routes/1", "b");

        etcd.thaw();
        assertThat(commit).isInstanceOfSatisfying(Commit.Unavailable.class, unavailable -> {
            assertThat(unavailable.mayTakeEffect()).isTrue();
            assertThat(unavailable.reason())
                    .isEqualTo("etcd 127.0.0.1:" + etcd.port() + ": no answer within the deadline");
        });
        untilLive();
        untilMirrorHas(done("routes/2", "after the thaw"));
        assertThat(value("routes/1")).isIn("a", "b");
        assertThat(mirror.view().range("")).isEqualTo(store.list().entries());
    }

    private String value(String path) {
        var entry = mirror.view().get(path);
        return entry == null ? "" : new String(entry.value(), UTF_8);
    }

    @Test
    void aFrozenEtcdMakesTheMirrorStaleAndAThawedOneLive() throws Exception {
        untilMirrorHas(done("routes/1", "a"));
        etcd.freeze();
        untilStale();
        var meanwhile = value("routes/1");

        etcd.thaw();

        untilLive();
        assertThat(meanwhile).isEqualTo("a");
        untilMirrorHas(done("routes/1", "b"));
    }

    @Test
    void readsOfADeadEtcdFailInOneLine() throws Exception {
        untilMirrorHas(done("routes/1", "a"));
        etcd.kill();

        assertThatThrownBy(() -> store.list())
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("127.0.0.1:" + etcd.port())
                .hasMessageNotContaining("\n");
    }

    @Test
    void theMirrorGoesOnAfterARestartWithTheSameData() throws Exception {
        untilMirrorHas(done("routes/1", "a"));
        var before = mirror.view().get("routes/1");
        etcd.kill();
        untilStale();
        etcd.start();
        untilLive();

        untilMirrorHas(done("routes/2", "b"));

        assertThat(mirror.view().get("routes/1")).isSameAs(before);
        assertThat(mirror.alarm()).isEmpty();
    }

    @Test
    void theMirrorCatchesUpWhenItsHistoryWasCompactedMeanwhile() throws Exception {
        done("routes/1", "a");
        untilMirrorHas(done("routes/2", "a"));
        var before = mirror.view().get("routes/1");
        etcd.freeze();
        untilStale();
        mirror.close();
        store.close();
        etcd.thaw();
        use(Map.of());
        long last = 0;
        for (int i = 0; i < 20; i++) {
            last = done("routes/2", "" + i);
        }
        etcd.ctl("compact", Long.toString(last));

        untilMirrorHas(last);

        assertThat(value("routes/2")).isEqualTo("19");
        assertThat(mirror.view().get("routes/1")).isEqualTo(before);
    }

    @Test
    void theMirrorMissesNothingThroughFreezesAndRestarts() throws Exception {
        for (int i = 0; i < 200; i++) {
            put("routes/" + i % 9, "" + i);
            if (i == 60 || i == 120) {
                etcd.freeze();
                put("routes/0", "frozen");
                etcd.thaw();
            }
            if (i == 90) {
                etcd.kill();
                etcd.start();
                await().atMost(LONG).until(() -> put("routes/1", "again") instanceof Commit.Done);
            }
        }
        var last = store.list();

        untilMirrorHas(last.revision());

        assertThat(mirror.view().range("")).isEqualTo(last.entries());
    }

    @Test
    void anotherEtcdAtTheSameAddressFreezesTheMirror(@TempDir Path other) throws Exception {
        untilMirrorHas(done("routes/1", "a"));
        etcd.kill();
        try (var foreign = EtcdServer.startAt(etcd, other)) {
            await().atMost(LONG).until(() -> mirror.alarm().isPresent());

            assertThat(foreign.endpoint()).isEqualTo(etcd.endpoint());
            assertThat(value("routes/1")).isEqualTo("a");
        }
    }

    @Test
    void usersLogInAndTokensAreRenewed() throws Exception {
        etcd.ctl("user", "add", "root:secret");
        etcd.ctl("user", "grant-role", "root", "root");
        etcd.ctl("auth", "enable");
        mirror.close();
        store.close();
        use(Map.of("etcd.user", "root", "etcd.password", "secret"));
        untilMirrorHas(done("routes/1", "a"));
        long until = System.nanoTime() + Duration.ofSeconds(5).toNanos();

        await().atMost(LONG).until(() -> put("routes/1", "b") instanceof Commit.Done && System.nanoTime() > until);

        untilMirrorHas(done("routes/1", "c"));
        assertThat(value("routes/1")).isEqualTo("c");
    }

    @Test
    void aMissingLoginIsToldAndRefused() throws Exception {
        untilMirrorHas(done("routes/1", "a"));
        etcd.ctl("user", "add", "root:secret");
        etcd.ctl("user", "grant-role", "root", "root");
        etcd.ctl("auth", "enable");

        // A busy machine may miss the deadline before.
        var commit = await().until(
                        () -> put("routes/1", "b"),
                        told -> told instanceof Commit.Unavailable(var maybe, var why) && !why.contains("deadline"));

        assertThat(commit).isInstanceOfSatisfying(Commit.Unavailable.class, unavailable -> {
            assertThat(unavailable.mayTakeEffect()).isFalse();
            assertThat(unavailable.reason()).contains("etcdserver: user name is empty");
        });
    }

    /** By itself: the store does not ask for so long here. */
    @Test
    void aMemberThatSaysHowFarItIsIsTakenForAliveAndNothingBehindItIsMissed(@TempDir Path other) throws Exception {
        try (var talkative = EtcdServer.start(other, "--experimental-watch-progress-notify-interval=100ms");
                var told = EtcdConfigStore.open(
                        TestStoreConfig.with(
                                Map.of("etcd.endpoints", talkative.endpoint(), "etcd.probe-interval", "1h")),
                        new Random(1))) {
            var watcher = new RecordingWatcher();
            told.watch(WatchStart.behind(told.list().storeId(), told.list().revision()), watcher);
            watcher.until(it -> it.signs() > 3);

            for (int i = 0; i < 200; i++) {
                told.commit(List.of(), List.of(new Mutation.Put("routes/1", ("" + i).getBytes(UTF_8), null)));
            }

            watcher.until(it -> it.events().size() == 200);
            int signs = watcher.signs();
            watcher.until(it -> it.signs() > signs + 3);
            assertThat(watcher.progress()).isEqualTo(told.list().revision());
            assertThat(watcher.ending()).isNull();
        }
    }

    @Test
    void anEndpointThatIsDownIsPassedOver() throws Exception {
        mirror.close();
        store.close();
        use(Map.of("etcd.endpoints", "http://127.0.0.1:1," + etcd.endpoint() + ",http://127.0.0.1:2"));

        for (int i = 0; i < 20; i++) {
            done("routes/1", "" + i);
        }

        assertThat(store.list().entries()).extracting(StoredEntry::path).containsExactly("routes/1");
        untilLive();
    }
}
