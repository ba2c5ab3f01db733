package io.suimon.controlplane.store.etcd;

import io.suimon.controlplane.store.Commit;
import io.suimon.controlplane.store.Mutation;
import io.suimon.controlplane.store.TestStoreConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class EtcdProberTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    /** Pauses of 50, 100, 200, 400, 800 and then 1000 ms, each drawn between its half and its whole. */
    @Test
    void aMemberThatHangsUpIsAskedMoreAndMoreSeldom() throws IOException {
        var asked = new CopyOnWriteArrayList<Long>();
        try (var server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> hangUp(server, asked));
            var settings = Map.of(
                    "etcd.endpoints", "http://127.0.0.1:" + server.getLocalPort(),
                    "write-deadline", "3s",
                    "etcd.max-pause", "1s");
            try (var store = EtcdConfigStore.open(TestStoreConfig.with(settings), new Random(1))) {
                var commit = store.commit(List.of(), List.of(new Mutation.Put("routes/1", new byte[1], null)));

                await().atMost(LONG).until(() -> asked.size() >= 10);

                assertThat(commit).isInstanceOf(Commit.Unavailable.class);
                // A little less than the shortest pauses: what is late on a busy machine shortens the gap behind it.
                assertThat(millis(asked, 8)).isGreaterThan(400);
                assertThat(millis(asked, 9)).isGreaterThan(400);
            }
        }
    }

    private static long millis(List<Long> asked, int at) {
        return (asked.get(at) - asked.get(at - 1)) / 1_000_000;
    }

    private static void hangUp(ServerSocket server, List<Long> asked) {
        while (!server.isClosed()) {
            try (var socket = server.accept()) {
                asked.add(System.nanoTime());
                socket.setSoLinger(true, 0);
            } catch (IOException e) {
                return; // closed
            }
        }
    }
}
