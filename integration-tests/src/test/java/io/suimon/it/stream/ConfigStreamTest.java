package io.suimon.it.stream;

import io.suimon.controlplane.mirror.MirrorView;
import io.suimon.controlplane.store.StoredEntry;
import io.suimon.controlplane.stream.NodeRegistry;
import io.suimon.controlplane.stream.StreamConfig;
import io.suimon.controlplane.stream.StreamCounters;
import io.suimon.controlplane.stream.StreamServer;
import io.suimon.engine.resource.ResourceKey;
import io.suimon.harness.FaultProxy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ConfigStreamTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Map<String, String> DEFAULTS =
            Map.of("suimon.stream.port", "0", "suimon.stream.heartbeat", "200ms");

    private final ScriptedMirror mirror = new ScriptedMirror();
    private final NodeRegistry registry = new NodeRegistry(InstantSource.system(), 10);
    private final StreamCounters counters = new StreamCounters();
    private final java.util.ArrayDeque<AutoCloseable> opened = new java.util.ArrayDeque<>();

    @AfterEach
    void closeEverything() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    @Test
    void nodeGetsEverythingAndThenWhatChanges() throws IOException {
        mirror.put("routes/1", "{\"uri\":\"/a\"}");
        mirror.put("init_dir", "");
        mirror.put("consumers/jack/credentials/c1", "{}");
        var node = node("n", server(Map.of()).port(), Map.of());
        awaitSame(node);

        mirror.put("routes/2", "{\"uri\":\"/b\"}");
        awaitSame(node);
        mirror.write(removal("routes/1"));
        awaitSame(node);

        assertThat(node.content()).containsOnlyKeys("routes/2", "consumers/jack/credentials/c1");
        assertThat(node.counters().snapshots()).isEqualTo(1);
        assertThat(node.counters().deltas()).isEqualTo(2);
        assertThat(counters.digestMismatches()).isZero();
    }

    @Test
    void emptyConfigurationIsOneToo() throws IOException {
        var node = node("n", server(Map.of()).port(), Map.of());

        await().atMost(PATIENCE).until(() -> node.applied().storeId().equals("store"));

        assertThat(node.content()).isEmpty();
        assertThat(node.counters().snapshots()).isEqualTo(1);
    }

    @Test
    void resourceLargerThanAMessageArrivesWhole() throws IOException {
        mirror.put("protos/1", "{\"content\":\"" + "x".repeat(1_500_000) + "\"}");
        mirror.put("routes/1", "{}");

        var node = node("n", server(Map.of()).port(), Map.of());

        awaitSame(node);
    }

    @Test
    void revisionWithoutChangeOfResourcesReachesTheNode() throws IOException {
        mirror.put("routes/1", "{}");
        var node = node("n", server(Map.of()).port(), Map.of());
        awaitSame(node);

        mirror.put("data_plane/server_info/x", "{}");

        awaitRevision(node);
        assertThat(node.counters().snapshots() + node.counters().deltas()).isEqualTo(1);
    }

    @Test
    void writerWaitsUntilNodesHaveIt() throws Exception {
        var port = server(Map.of()).port();
        awaitSame(node("a", port, Map.of()));
        awaitSame(node("b", port, Map.of()));
        mirror.put("routes/1", "{\"desc\":\"refuse me\"}");

        var propagation = registry.awaitApplied(
                mirror.view().revision(), now -> now.pending().isEmpty() && now.nodes() == 2, PATIENCE);

        assertThat(propagation.applied()).containsExactly("a", "b");
        assertThat(propagation.rejecting()).containsExactly("a", "b");
        assertThat(registry.listing().connected().getFirst().rejections())
                .singleElement()
                .satisfies(rejected -> assertThat(rejected.reason()).isEqualTo("as asked"));
    }

    @Test
    void nodeResumesWithADeltaAfterTheConnectionBroke() throws IOException {
        mirror.put("routes/1", "{}");
        var link = link(server(Map.of()).port());
        var node = node("n", link.port(), Map.of());
        awaitSame(node);

        link.cut();
        mirror.put("routes/2", "{}");

        awaitSame(node);
        assertThat(node.counters().snapshots()).isEqualTo(1);
        assertThat(node.counters().deltas()).isEqualTo(1);
    }

    @Test
    void silentConnectionIsGivenUp() throws IOException {
        var link = link(server(Map.of()).port());
        var node = node("n", link.port(), Map.of("suimon.control-plane.silence-timeout", "400ms"));
        awaitSame(node);

        link.swallow(true);
        mirror.put("routes/1", "{}");
        await().atMost(PATIENCE).until(() -> node.client().connectedTo().isEmpty());
        link.swallow(false);

        awaitSame(node);
    }

    @Test
    void restartedControlPlaneSendsNothingToANodeThatIsUpToDate() throws IOException {
        mirror.put("routes/1", "{}");
        var first = server(Map.of());
        var link = link(first.port());
        var node = node("n", link.port(), Map.of());
        awaitSame(node);

        first.close();
        link.lead(server(Map.of()).port());
        mirror.put("routes/2", "{}");

        awaitSame(node);
        assertThat(node.counters().snapshots()).isEqualTo(1);
        assertThat(node.counters().deltas()).isEqualTo(1);
    }

    @Test
    void anotherStoreMeansASnapshot() throws IOException {
        mirror.put("routes/1", "{}");
        var node = node("n", server(Map.of()).port(), Map.of());
        awaitSame(node);

        mirror.replaceStore("other");

        await().atMost(PATIENCE).until(() -> node.applied().storeId().equals("other"));
        assertThat(node.counters().snapshots()).isEqualTo(2);
    }

    @Test
    void newestOfTwoNodesWithOneIdCounts() throws IOException {
        var port = server(Map.of()).port();
        var older = node("n", port, Map.of("suimon.control-plane.max-back-off", "1h"));
        awaitSame(older);

        var newer = node("n", port, Map.of());

        awaitSame(newer);
        await().atMost(PATIENCE).until(() -> older.client().connectedTo().isEmpty());
        assertThat(registry.listing().connected())
                .singleElement()
                .satisfies(node -> assertThat(node.replaced()).isEqualTo(1));
    }

    @Test
    void nodeWithoutTheTokenIsRefused() throws IOException {
        var port = server(Map.of("suimon.stream.join-token", "open-sesame")).port();

        var stranger = node("stranger", port, Map.of("suimon.control-plane.join-token", "please"));
        var friend = node("friend", port, Map.of("suimon.control-plane.join-token", "open-sesame"));

        awaitSame(friend);
        await().atMost(PATIENCE).until(() -> stranger.counters().failures() > 0);
        assertThat(stranger.applied().storeId()).isEmpty();
        assertThat(counters.refusals()).isPositive();
    }

    @Test
    void nodeThatLeavesIsListedAsGone() throws IOException {
        var node = node("n", server(Map.of()).port(), Map.of());
        awaitSame(node);

        node.close();

        await().atMost(PATIENCE).until(() -> registry.listing().connected().isEmpty());
        assertThat(registry.listing().gone())
                .singleElement()
                .satisfies(gone -> assertThat(gone.goneSince()).isNotNull());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whateverHappensTheNodeEndsUpWithWhatTheMirrorHas(long seed) throws IOException {
        var random = new SplittableRandom(seed);
        var link = link(server(Map.of("suimon.stream.history", "50")).port());
        var node = node("n", link.port(), Map.of());

        for (int step = 0; step < 400; step++) {
            mirror.write(randomChange(random));
            if (random.nextInt(25) == 0) {
                link.cut();
            }
            if (random.nextInt(100) == 0) {
                awaitSame(node);
            }
        }

        awaitSame(node);
        assertThat(counters.digestMismatches()).isZero();
        assertThat(node.counters().resyncs()).isZero();
    }

    private static Map<String, @Nullable String> randomChange(SplittableRandom random) {
        var change = new HashMap<String, @Nullable String>();
        int size = 1 + random.nextInt(5);
        for (int i = 0; i < size; i++) {
            var path = (random.nextBoolean() ? "routes/" : "upstreams/") + random.nextInt(40);
            var json = "{\"desc\":\"" + "y".repeat(random.nextInt(20_000)) + random.nextInt() + "\"}";
            change.put(path, random.nextInt(4) == 0 ? null : json);
        }
        return change;
    }

    @Test
    void hundredThousandResourcesArrive() throws IOException {
        mirror.write(IntStream.range(0, 100_000)
                .boxed()
                .collect(Collectors.toMap(
                        i -> "routes/" + i,
                        i -> "{\"id\":\"" + i + "\",\"uri\":\"/r/" + i
                                + "\",\"upstream\":{\"type\":\"roundrobin\",\"nodes\":{\"127.0.0.1:1980\":1}}}")));
        var port = server(Map.of()).port();
        long start = System.nanoTime();

        var node = node("n", port, Map.of());

        awaitRevision(node);
        org.jboss.logging.Logger.getLogger(ConfigStreamTest.class)
                .infof("100,000 resources in %d ms", (System.nanoTime() - start) / 1_000_000);
        awaitSame(node);
    }

    private StreamServer server(Map<String, String> settings) throws IOException {
        var all = new HashMap<>(DEFAULTS);
        all.putAll(settings);
        var server = new StreamServer(Settings.of(StreamConfig.class, all), mirror, registry, counters);
        opened.push(server);
        server.start();
        return server;
    }

    private TestNode node(String id, int port, Map<String, String> settings) throws IOException {
        var node = new TestNode(id, port, settings);
        opened.push(node);
        return node;
    }

    private FaultProxy link(int target) {
        var link = FaultProxy.to(target);
        opened.push(link);
        return link;
    }

    private static Map<String, @Nullable String> removal(String path) {
        var change = new HashMap<String, @Nullable String>();
        change.put(path, null);
        return change;
    }

    private void awaitRevision(TestNode node) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> node.revision() == mirror.view().revision());
    }

    private void awaitSame(TestNode node) {
        awaitRevision(node);
        assertThat(node.content()).isEqualTo(resources(mirror.view()));
    }

    private static Map<String, String> resources(MirrorView view) {
        return view.range("").stream()
                .filter(entry -> ResourceKey.ofPath(entry.path()).isPresent())
                .collect(Collectors.toMap(
                        StoredEntry::path,
                        entry -> new String(entry.value(), StandardCharsets.UTF_8),
                        (a, b) -> b,
                        TreeMap::new));
    }
}
