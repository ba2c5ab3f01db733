package io.suimon.it.etcd;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.suimon.controlplane.mirror.LossLimit;
import io.suimon.controlplane.mirror.MirrorView;
import io.suimon.controlplane.mirror.StoreMirror;
import io.suimon.controlplane.store.Commit;
import io.suimon.controlplane.store.ConfigStore;
import io.suimon.controlplane.store.Guard;
import io.suimon.controlplane.store.Mutation;
import io.suimon.controlplane.store.StoreConfig;
import io.suimon.controlplane.store.etcd.EtcdConfigStore;
import io.suimon.harness.EtcdCluster;
import io.suimon.harness.FaultProxy;
import io.suimon.process.TestPatience;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Whatever happens to the members and to the network: every state a mirror shows is one that etcd had, and a commit is one revision. */
class MirrorHistoryIT {

    private static final String PREFIX = "/apisix/";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int WRITERS = 4;
    private static final int KEYS = 30;

    /** How many faults are injected, one after the other. */
    private static final int FAULTS = Integer.getInteger("suimon.it.faults", 14);

    /** How often members say how far they are; it is up to a watcher not to take that for more than it is. */
    private static final String TALKATIVE = "--experimental-watch-progress-notify-interval=100ms";

    @TempDir
    Path folder;

    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicLong commits = new AtomicLong();
    private final Queue<Long> done = new ConcurrentLinkedQueue<>();
    private final Queue<MirrorView> shown = new ConcurrentLinkedQueue<>();

    @Test
    void everyStateShownIsOneThatEtcdHad() throws Exception {
        try (var cluster = EtcdCluster.start(3, folder, TALKATIVE);
                var history = EtcdHistory.of(cluster, PREFIX);
                var store = store(cluster);
                var mirror = mirror(store)) {
            mirror.listen(shown::add);
            mirror.start();
            await().until(() -> mirror.stale().isEmpty());
            var writers = IntStream.range(0, WRITERS)
                    .mapToObj(i -> Thread.ofVirtual().start(() -> write(store, mirror)))
                    .toList();
            var random = new Random(Long.getLong("suimon.it.seed", 7));
            for (int i = 0; i < FAULTS; i++) {
                strike(cluster, history, i, random);
            }
            over.set(true);
            for (var writer : writers) {
                writer.join();
            }
            long last = lastPut(store);
            assertThat(mirror.await(last, TestPatience.LONG)).isTrue();

            history.upTo(last);

            assertThat(history.size()).isGreaterThan(200);
            assertThat(shown)
                    .hasSizeGreaterThan(100)
                    .allSatisfy(view -> assertThat(content(view))
                            .as("the mirror at revision %d", view.revision())
                            .isEqualTo(history.at(view.revision())));
            assertThat(content(mirror.view())).isEqualTo(history.at(last));
            assertThat(done).doesNotHaveDuplicates().allMatch(history::has);
        }
    }

    private static ConfigStore store(EtcdCluster cluster) {
        var endpoints = cluster.proxies().stream()
                .map(FaultProxy::port)
                .map(port -> "http://127.0.0.1:" + port)
                .collect(Collectors.joining(","));
        var settings = new HashMap<String, String>();
        settings.put("suimon.store.etcd.endpoints", endpoints);
        settings.put("suimon.store.etcd.read-deadline", "3s");
        settings.put("suimon.store.etcd.connection-age", "2s");
        var config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .withMapping(StoreConfig.class)
                .build()
                .getConfigMapping(StoreConfig.class);
        return EtcdConfigStore.open(config, new Random());
    }

    private static StoreMirror mirror(ConfigStore store) {
        return new StoreMirror(
                store,
                UnaryOperator.identity(),
                new LossLimit(50, 20),
                Duration.ofSeconds(5),
                Duration.ofMillis(200),
                System::nanoTime,
                new Random());
    }

    /** Puts and deletes on condition that what the mirror shows is so, as the Admin API does. */
    private void write(ConfigStore store, StoreMirror mirror) {
        while (!over.get()) {
            var path = "routes/" + ThreadLocalRandom.current().nextInt(KEYS);
            var known = mirror.view().get(path);
            var guard = new Guard(path, known == null ? 0 : known.modRevision());
            var value = Long.toString(commits.incrementAndGet()).getBytes(StandardCharsets.UTF_8);
            boolean delete = known != null && ThreadLocalRandom.current().nextInt(5) == 0;
            Mutation mutation = delete ? new Mutation.Delete(path) : new Mutation.Put(path, value, null);
            if (store.commit(List.of(guard), List.of(mutation)) instanceof Commit.Done(var revision) && !delete) {
                done.add(revision);
            }
        }
    }

    private static void strike(EtcdCluster cluster, EtcdHistory history, int number, Random random) throws IOException {
        var member = cluster.members().get(random.nextInt(cluster.members().size()));
        var proxy = cluster.proxies().get(random.nextInt(cluster.proxies().size()));
        switch (number % 7) {
            case 0 -> {
                member.kill();
                pause(700);
                member.start();
            }
            case 1 -> {
                member.freeze();
                pause(1_500);
                member.thaw();
            }
            case 2 -> cluster.proxies().forEach(FaultProxy::cut);
            case 3 -> {
                proxy.swallow(true);
                pause(1_200);
                proxy.heal();
                proxy.cut();
            }
            case 4 -> moveLeader(cluster);
            case 5 -> cluster.proxies().forEach(each -> each.delay(Duration.ofMillis(150)));
            default -> compact(cluster, history);
        }
        pause(500);
        cluster.proxies().forEach(FaultProxy::heal);
        cluster.awaitHealthy();
    }

    private static void moveLeader(EtcdCluster cluster) throws IOException {
        for (var member : JSON.readTree(cluster.ctl("endpoint", "status", "--write-out=json"))) {
            var id = member.at("/Status/header/member_id").bigIntegerValue();
            if (!id.equals(member.at("/Status/leader").bigIntegerValue())) {
                cluster.ctl("move-leader", id.toString(16));
                return;
            }
        }
    }

    /** Cuts the mirror off, and forgets what happens meanwhile. */
    private static void compact(EtcdCluster cluster, EtcdHistory history) throws IOException {
        cluster.proxies().forEach(proxy -> {
            proxy.refuse(true);
            proxy.cut();
        });
        cluster.ctl("del", PREFIX + "routes/1");
        cluster.ctl("put", PREFIX + "routes/2", "unseen");
        cluster.ctl("put", PREFIX + "routes/2", "seen");
        long head = JSON.readTree(cluster.ctl("get", PREFIX + "routes/2", "--write-out=json"))
                .at("/header/revision")
                .asLong();
        history.upTo(head);
        cluster.ctl("compact", Long.toString(head));
    }

    private static void pause(long millis) {
        LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
    }

    private static long lastPut(ConfigStore store) {
        var put = new Mutation.Put("routes/last", new byte[0], null);
        var commit = await().until(() -> store.commit(List.of(), List.of(put)), Commit.Done.class::isInstance);
        return ((Commit.Done) commit).revision();
    }

    private static Map<String, Long> content(MirrorView view) {
        var content = new TreeMap<String, Long>();
        view.range("").forEach(entry -> content.put(entry.path(), entry.modRevision()));
        return content;
    }
}
