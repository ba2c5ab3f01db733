package io.suimon.it.stream;

import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a node costs a control plane that does not read, while a large configuration changes and changes. */
class SlowNodeMemoryTest {

    private static final int ROUTES = 256;
    private static final int CHANGES = 3_000;

    /** Of a route's JSON; it does not let itself be compressed much. */
    private static final int ROUTE_BYTES = 64 * 1024;

    /** The configuration as it was when the node stopped: what it is still to be sent. */
    private static final int ONE_DIFFERENCE = ROUTES * ROUTE_BYTES;

    /** A message on its way out, windows, pools, and what a test run leaves about. All changes would be 192 MiB. */
    private static final int BESIDE_IT = 20 * 1024 * 1024;

    private final StreamLab lab = new StreamLab();
    private final SplittableRandom random = new SplittableRandom(7);

    @AfterEach
    void closeEverything() {
        lab.close();
    }

    @Test
    void nodeThatDoesNotReadCostsOneDifferenceAndThenSkipsToTheNewestState() throws IOException {
        var server = lab.server(Map.of("suimon.stream.heartbeat", "1h"));
        IntStream.range(0, ROUTES).forEach(this::change);
        long before = used();
        var node = lab.with(new DeafNode(server.port()));
        await().until(() -> lab.counters.snapshots() == 1);

        IntStream.range(0, CHANGES).forEach(this::change);

        await().during(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(used() - before).isLessThan(ONE_DIFFERENCE + BESIDE_IT));
        assertThat(node.messages()).isEqualTo(1);
        node.read();
        await().until(() -> node.content().equals(lab.resources()));
        assertThat(lab.counters.snapshots()).isEqualTo(1);
        assertThat(lab.counters.deltas()).isEqualTo(1);
        assertThat(node.messages()).isLessThan(CHANGES / 10);
    }

    private void change(int number) {
        var bytes = new byte[ROUTE_BYTES * 3 / 4];
        random.nextBytes(bytes);
        lab.mirror.put("routes/" + number % ROUTES, "\"" + Base64.getEncoder().encodeToString(bytes) + "\"");
    }

    /** Bytes of objects that are in use, and of buffers outside the heap. */
    private static long used() {
        var memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        long outside = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return memory.getHeapMemoryUsage().getUsed() + outside + Math.max(0, PlatformDependent.usedDirectMemory());
    }
}
