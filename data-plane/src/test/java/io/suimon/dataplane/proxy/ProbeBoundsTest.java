package io.suimon.dataplane.proxy;

import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** However many nodes hang, only so many probes of them are under way. */
class ProbeBoundsTest {

    private static final int NODES = 12;

    @ParameterizedTest(name = "concurrency {0}, {1} in all: {2}")
    @CsvSource({"3, 1000, 3", "10, 2, 2", "0, 1000, 1"})
    void noMoreProbesRunAtATimeThanMay(int concurrency, String inAll, int most) throws Exception {
        var running = new AtomicInteger();
        var seen = new AtomicInteger();
        try (var hanging = new RawOrigin(
                        connection -> {
                            if (connection.head().startsWith("GET /hc ")) {
                                seen.accumulateAndGet(running.incrementAndGet(), Math::max);
                                connection.until("never");
                                running.decrementAndGet();
                            }
                        },
                        new ServerSocket(0, 1024));
                var gateway = new TestGateway()
                        .setHealth("max-probes", inAll)
                        .route(upstream(hanging.port(), concurrency))
                        .start()) {
            gateway.exchange("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

            await().until(() -> hanging.heads.size() > NODES + 8); // the request was tried at each

            // The node may see the next ones before it sees the end of the last one.
            assertThat(seen.get()).isBetween(most, 3 * most);
        }
    }

    private static String upstream(int port, int concurrency) {
        var nodes = IntStream.rangeClosed(1, NODES)
                .mapToObj(i -> "\"127.0.0.%d:%d\":1".formatted(i, port))
                .collect(Collectors.joining(","));
        return "\"upstream\":{\"type\":\"roundrobin\",\"nodes\":{" + nodes
                + "},\"checks\":{\"active\":{\"http_path\":\"/hc\",\"timeout\":0.5,\"concurrency\":" + concurrency
                + ",\"healthy\":{},\"unhealthy\":{}}}}";
    }

    @ParameterizedTest
    @ValueSource(strings = {"max-probes", "probes-per-connection"})
    void refusesABoundThatIsNone(String setting) {
        try (var gateway = new TestGateway().setHealth(setting, "0")) {
            assertThatThrownBy(gateway::start).hasMessage("suimon.health." + setting + ": 0 (expected: at least 1)");
        }
    }
}
