package io.suimon.it.stream;

import io.suimon.controlplane.stream.NodeRegistry;
import io.suimon.controlplane.stream.Propagation;
import io.suimon.controlplane.stream.Reach;
import io.suimon.controlplane.stream.StreamCounters;
import io.suimon.process.TestPatience;
import io.suimon.proto.sync.v1.ControlMessage;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
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

    private final StreamLab lab = new StreamLab();
    private final ScriptedMirror mirror = lab.mirror;
    private final NodeRegistry registry = lab.registry;
    private final StreamCounters counters = lab.counters;

    @AfterEach
    void closeEverything() {
        lab.close();
    }

    @Test
    void nodeGetsEverythingAndThenWhatChanges() throws IOException {
        mirror.put("routes/1", "{\"uri\":\"/a\"}");
        mirror.put("init_dir", "");
        mirror.put("consumers/jack/credentials/c1", "{}");
        var node = lab.node("n", lab.server(Map.of()).port(), Map.of());
        lab.awaitSame(node);

        mirror.put("routes/2", "{\"uri\":\"/b\"}");
        lab.awaitSame(node);
        mirror.write(removal("routes/1"));
        lab.awaitSame(node);

        assertThat(node.content()).containsOnlyKeys("routes/2", "consumers/jack/credentials/c1");
        assertThat(node.counters().snapshots()).isEqualTo(1);
        assertThat(node.counters().deltas()).isEqualTo(2);
        assertThat(counters.digestMismatches()).isZero();
    }

    @Test
    void emptyConfigurationIsOneToo() throws IOException {
        var node = lab.node("n", lab.server(Map.of()).port(), Map.of());

        await().until(() -> node.applied().storeId().equals("store"));

        assertThat(node.content()).isEmpty();
        assertThat(node.counters().snapshots()).isEqualTo(1);
    }

    @Test
    void resourceLargerThanAMessageArrivesWhole() throws IOException {
        mirror.put("protos/1", "{\"content\":\"" + "x".repeat(1_500_000) + "\"}");
        mirror.put("routes/1", "{}");

        var node = lab.node("n", lab.server(Map.of()).port(), Map.of());

        lab.awaitSame(node);
    }

    @Test
    void revisionWithoutChangeOfResourcesReachesTheNode() throws IOException {
        mirror.put("routes/1", "{}");
        var node = lab.node("n", lab.server(Map.of()).port(), Map.of());
        lab.awaitSame(node);

        mirror.put("data_plane/server_info/x", "{}");

        lab.awaitRevision(node);
        assertThat(node.counters().snapshots() + node.counters().deltas()).isEqualTo(1);
    }

    @Test
    void writerWaitsUntilNodesHaveIt() throws Exception {
        var port = lab.server(Map.of()).port();
        lab.awaitSame(lab.node("a", port, Map.of()));
        lab.awaitSame(lab.node("b", port, Map.of()));
        mirror.put("routes/1", "{\"desc\":\"refuse me\"}");

        long revision = mirror.view().revision();
        var reach = registry.awaitApplied(revision, now -> now.applied() == 2, TestPatience.LONG);

        assertThat(reach).isEqualTo(new Reach(2, 2));
        var propagation = registry.propagation(revision);
        assertThat(propagation.applied()).containsExactly("a", "b");
        assertThat(propagation.rejecting())
                .extracting(Propagation.Rejecting::node)
                .containsExactly("a", "b");
        assertThat(registry.listing().connected().getFirst().rejections())
                .singleElement()
                .satisfies(rejected -> assertThat(rejected.reason()).isEqualTo("as asked"));
    }

    @Test
    void nodeResumesWithADeltaAfterTheConnectionBroke() throws IOException {
        mirror.put("routes/1", "{}");
        var link = lab.link(lab.server(Map.of()).port());
        var node = lab.node("n", link.port(), Map.of());
        lab.awaitSame(node);

        link.cut();
        mirror.put("routes/2", "{}");

        lab.awaitSame(node);
        assertThat(node.counters().snapshots()).isEqualTo(1);
        assertThat(node.counters().deltas()).isEqualTo(1);
    }

    @Test
    void silentConnectionIsGivenUp() throws IOException {
        var link =
                lab.link(lab.server(Map.of("suimon.stream.heartbeat", "500ms")).port());
        var node = lab.node("n", link.port(), Map.of("suimon.control-plane.silence-timeout", "2s"));
        lab.awaitSame(node);

        link.swallow(true);
        mirror.put("routes/1", "{}");
        await().until(() -> node.client().connectedTo().isEmpty());
        link.swallow(false);

        lab.awaitSame(node);
    }

    @Test
    void restartedControlPlaneSendsNothingToANodeThatIsUpToDate() throws IOException {
        mirror.put("routes/1", "{}");
        var first = lab.server(Map.of());
        var link = lab.link(first.port());
        var node = lab.node("n", link.port(), Map.of());
        lab.awaitSame(node);

        first.close();
        link.lead(lab.server(Map.of()).port());
        mirror.put("routes/2", "{}");

        lab.awaitSame(node);
        assertThat(node.counters().snapshots()).isEqualTo(1);
        assertThat(node.counters().deltas()).isEqualTo(1);
    }

    @Test
    void anotherStoreMeansASnapshot() throws IOException {
        mirror.put("routes/1", "{}");
        var node = lab.node("n", lab.server(Map.of()).port(), Map.of());
        lab.awaitSame(node);

        mirror.replaceStore("other");

        await().until(() -> node.applied().storeId().equals("other"));
        assertThat(node.counters().snapshots()).isEqualTo(2);
    }

    @Test
    void valueThatChangesWithoutARevisionArrivesAsADelta() throws IOException {
        mirror.put("consumers/jack", "{\"key\":\"1\"}");
        mirror.put("routes/1", "{}");
        var node = lab.node("n", lab.server(Map.of()).port(), Map.of());
        lab.awaitSame(node);

        mirror.reveal("consumers/jack", "{\"key\":\"2\"}");

        await().until(() -> node.content().containsValue("{\"key\":\"2\"}"));
        assertThat(node.counters().deltas()).isEqualTo(1);
        assertThat(node.counters().snapshots()).isEqualTo(1);
        assertThat(node.counters().resyncs()).isZero();
        assertThat(counters.digestMismatches()).isZero();
    }

    @Test
    void nodeThatComesFromAControlPlaneWithAnotherValueTakesThisOnes() throws IOException {
        mirror.put("consumers/jack", "{\"key\":\"1\"}");
        var first = lab.server(Map.of());
        var link = lab.link(first.port());
        var node = lab.node("n", link.port(), Map.of());
        lab.awaitSame(node);
        first.close();
        mirror.reveal("consumers/jack", "{\"key\":\"2\"}");

        link.lead(lab.server(Map.of()).port());

        await().until(() -> node.content().containsValue("{\"key\":\"2\"}"));
        assertThat(counters.digestMismatches()).isZero();
    }

    @Test
    void nodeKeepsAResourceWhoseSecretGotLostAndSaysSo() throws IOException {
        mirror.put("consumers/jack", "{\"key\":\"1\"}");
        var node = lab.node("n", lab.server(Map.of()).port(), Map.of());
        lab.awaitSame(node);

        mirror.reveal("consumers/jack", "{\"key\":\"$secret://vault/1/jack/key\"}");

        await().until(() -> registry.listing().connected().stream()
                .anyMatch(known -> known.rejections().stream()
                        .anyMatch(rejected -> rejected.reason().startsWith("/key: a secret that is not resolved"))));
        assertThat(node.content()).containsValue("{\"key\":\"1\"}");
        assertThat(counters.digestMismatches()).isZero();
    }

    @Test
    void newestOfTwoNodesWithOneIdCounts() throws IOException {
        var port = lab.server(Map.of()).port();
        var older = lab.node("n", port, Map.of("suimon.control-plane.max-back-off", "1h"));
        lab.awaitSame(older);

        var newer = lab.node("n", port, Map.of());

        lab.awaitSame(newer);
        await().until(() -> older.client().connectedTo().isEmpty());
        assertThat(registry.listing().connected())
                .singleElement()
                .satisfies(node -> assertThat(node.replaced()).isEqualTo(1));
    }

    @Test
    void nodeWithoutTheTokenIsRefused() throws IOException {
        var port = lab.server(Map.of("suimon.stream.join-token", "open-sesame")).port();

        var stranger = lab.node("stranger", port, Map.of("suimon.control-plane.join-token", "please"));
        var friend = lab.node("friend", port, Map.of("suimon.control-plane.join-token", "open-sesame"));

        lab.awaitSame(friend);
        await().until(() -> stranger.counters().failures() > 0);
        assertThat(stranger.applied().storeId()).isEmpty();
        assertThat(counters.refusals()).isPositive();
    }

    @Test
    void nodeThatLeavesIsListedAsGone() throws IOException {
        var node = lab.node("n", lab.server(Map.of()).port(), Map.of());
        lab.awaitSame(node);

        node.close();

        await().until(() -> registry.listing().connected().isEmpty());
        assertThat(registry.listing().gone())
                .singleElement()
                .satisfies(gone -> assertThat(gone.goneSince()).isNotNull());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whateverHappensTheNodeEndsUpWithWhatTheMirrorHas(long seed) throws IOException {
        var random = new SplittableRandom(seed);
        var link = lab.link(lab.server(Map.of("suimon.stream.history", "50")).port());
        var node = lab.node("n", link.port(), Map.of());

        for (int step = 0; step < 400; step++) {
            mirror.write(randomChange(random));
            if (random.nextInt(25) == 0) {
                link.cut();
            }
            if (random.nextInt(100) == 0) {
                lab.awaitSame(node);
            }
        }

        lab.awaitSame(node);
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
        var port = lab.server(Map.of()).port();
        long start = System.nanoTime();

        var node = lab.node("n", port, Map.of());

        lab.awaitRevision(node);
        org.jboss.logging.Logger.getLogger(ConfigStreamTest.class)
                .infof("100,000 resources in %d ms", (System.nanoTime() - start) / 1_000_000);
        lab.awaitSame(node);
    }

    @Test
    void acknowledgementThatWentAstrayIsAskedForAgain() throws IOException {
        var node = nodeAskedToAcknowledge();

        node.acknowledge();
        mirror.put("routes/2", "{}");

        await().until(() -> node.received().getLast().hasDelta());
    }

    @Test
    void acknowledgementThatComesTwiceIsNoOther() throws IOException {
        var node = nodeAskedToAcknowledge();
        node.acknowledge();
        mirror.put("routes/2", "{}");
        await().until(() -> node.received().getLast().hasDelta());

        node.repeatAcknowledgement();

        await().until(() -> node.received().getLast().hasHeartbeat());
        assertThat(node.received().stream().filter(ControlMessage::hasSnapshot)).hasSize(1);
        assertThat(counters.digestMismatches()).isZero();
    }

    private ForgetfulNode nodeAskedToAcknowledge() throws IOException {
        mirror.put("routes/1", "{}");
        var node = new ForgetfulNode(
                lab.server(Map.of("suimon.stream.heartbeat", "1s")).port());
        lab.with(node);
        await().until(node::isAskedToAcknowledge);
        return node;
    }

    private static Map<String, @Nullable String> removal(String path) {
        var change = new HashMap<String, @Nullable String>();
        change.put(path, null);
        return change;
    }
}
