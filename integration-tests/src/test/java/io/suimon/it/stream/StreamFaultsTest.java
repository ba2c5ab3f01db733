package io.suimon.it.stream;

import io.grpc.Status;
import io.suimon.controlplane.stream.Node;
import io.suimon.engine.compile.Compiled;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What the stream does when something between its ends, or one of them, is not as it should be. */
class StreamFaultsTest {

    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    private final StreamLab lab = new StreamLab();

    @AfterEach
    void closeEverything() {
        lab.close();
    }

    /** Within how many heartbeats, {@code SilentNodeTest} and {@code SilenceWatchTest} count; the kernel would take a quarter of an hour. */
    @Test
    void halfOpenConnectionIsNoticedByBothEnds() throws IOException {
        var server = lab.server(Map.of("suimon.stream.heartbeat", HEARTBEAT.toMillis() + "ms"));
        var link = lab.link(server.port());
        var node = lab.node(
                "n",
                link.port(),
                Map.of(
                        "suimon.control-plane.silence-timeout",
                        2 * HEARTBEAT.toMillis() + "ms",
                        "suimon.control-plane.max-back-off",
                        "1h"));
        lab.awaitSame(node);
        await().until(() -> lab.registry.size() == 1);

        link.swallow(true);

        await().pollInterval(Duration.ofMillis(10))
                .until(() ->
                        lab.registry.size() == 0 && node.client().connectedTo().isEmpty());
        assertThat(lab.registry.listing().gone())
                .singleElement()
                .satisfies(gone -> assertThat(gone.state()).isEqualTo(Node.State.LOST));
    }

    @Test
    void nodeThatCompilesForLongIsNotTakenForGone() throws IOException {
        var server = lab.server(Map.of("suimon.stream.heartbeat", "2s"));
        var done = new CountDownLatch(1);
        lab.with(new TestNode("busy", server.port(), Map.of(), (base, change) -> {
            try {
                done.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Compiled(base, List.of());
        }));

        await().until(() -> lab.registry.size() == 1);

        await().during(Duration.ofSeconds(6)).until(() -> lab.registry.size() == 1);
        assertThat(lab.registry.listing().gone()).isEmpty();
        done.countDown();
    }

    @Test
    void anotherControlPlaneTakesOverWithADelta() throws IOException {
        lab.mirror.put("routes/1", "{}");
        var first = lab.server(Map.of());
        var second = lab.server(Map.of());
        var node = lab.node("n", first.port(), addresses(first.port(), second.port()));
        lab.awaitSame(node);
        var before = node.client().connectedTo().orElseThrow();
        var connected = before.endsWith(":" + first.port()) ? first : second;

        connected.close();
        lab.mirror.put("routes/2", "{}");

        lab.awaitSame(node);
        assertThat(node.client().connectedTo()).isPresent().get().isNotEqualTo(before);
        assertThat(node.counters().snapshots()).isEqualTo(1);
        assertThat(node.counters().deltas()).isEqualTo(1);
    }

    @Test
    void nodesSpreadOverControlPlanes() throws IOException {
        var first = lab.server(Map.of());
        var second = lab.server(Map.of());
        var nodes = new ArrayList<TestNode>();
        for (int i = 0; i < 30; i++) {
            nodes.add(lab.node("spread-" + i, first.port(), addresses(first.port(), second.port())));
        }

        await().until(() ->
                nodes.stream().allMatch(node -> node.client().connectedTo().isPresent()));

        assertThat(nodes)
                .filteredOn(node -> node.client().connectedTo().equals(Optional.of("127.0.0.1:" + first.port())))
                .hasSizeBetween(5, 25);
    }

    private static Map<String, String> addresses(int first, int second) {
        return Map.of("suimon.control-plane.addresses", "127.0.0.1:" + first + ",127.0.0.1:" + second);
    }

    @Test
    void nodesDoNotComeBackAsAHerd() throws IOException {
        var link = lab.link(lab.server(Map.of()).port());
        for (int i = 0; i < 40; i++) {
            lab.node(
                    "herd-" + i,
                    link.port(),
                    Map.of(
                            "suimon.control-plane.back-off", "4s",
                            "suimon.control-plane.max-back-off", "8s"));
        }
        await().until(() -> lab.registry.size() == 40);

        link.cut();

        await().until(() -> lab.registry.listing().gone().isEmpty() && lab.registry.size() == 40);
        var perTenth = lab.registry.listing().connected().stream()
                .collect(Collectors.groupingBy(
                        node -> Instant.parse(node.connectedSince()).toEpochMilli() / 100, Collectors.counting()));
        assertThat(perTenth).hasSizeGreaterThanOrEqualTo(6);
        assertThat(perTenth.values()).allMatch(count -> count <= 20);
    }

    @Test
    void nodeAsksForEverythingOnceWhenADeltaDoesNotLeadToItsDigest() throws IOException {
        var liar = lab.with(new LyingControlPlane());
        var node = lab.node("n", liar.port(), Map.of());

        await().until(() -> node.counters().snapshots() == 2);

        assertThat(node.counters().resyncs()).isEqualTo(1);
        assertThat(node.counters().deltas()).isZero();
        assertThat(node.content()).containsOnlyKeys("routes/1");
        assertThat(liar.hellos()).extracting(hello -> hello.getRevision()).containsExactly(0L, 0L);
    }

    @Test
    void nodeThatEndsUpElsewhereGetsEverythingOnceAndThenIsGivenUp() throws IOException {
        lab.mirror.put("routes/1", "{}");
        var liar = lab.with(new LyingNode(lab.server(Map.of()).port()));

        await().until(() -> liar.end() != null);

        assertThat(liar.end()).isEqualTo(Status.Code.ABORTED);
        assertThat(liar.snapshots()).isEqualTo(2);
        assertThat(lab.counters.digestMismatches()).isEqualTo(2);
    }

    @Test
    void nodeThatReadsSlowlySkipsToTheNewestState() throws IOException {
        var link = lab.link(lab.server(Map.of()).port());
        var node = lab.node("n", link.port(), Map.of());
        lab.awaitSame(node);
        link.throttle(20_000);

        IntStream.range(0, 500)
                .forEach(i -> lab.mirror.put("routes/" + i % 20, "{\"desc\":\"" + "x".repeat(4_000) + i + "\"}"));
        await().until(() -> node.counters().deltas() > 0);
        link.heal();

        lab.awaitSame(node);
        assertThat(node.counters().deltas()).isLessThan(20);
        assertThat(node.counters().snapshots()).isEqualTo(1);
    }
}
