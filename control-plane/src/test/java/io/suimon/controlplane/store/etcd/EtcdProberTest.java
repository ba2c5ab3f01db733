package io.suimon.controlplane.store.etcd;

import io.suimon.controlplane.store.Commit;
import io.suimon.controlplane.store.Mutation;
import io.suimon.controlplane.store.TestStoreConfig;
import io.suimon.process.TestPatience;
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

    private static final Duration LONG = TestPatience.LONG;

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
                // Half of the shortest pauses together: what is noted late on a busy machine shortens what is behind
                // it.
                assertThat((asked.get(9) - asked.get(5)) / 1_000_000).isGreaterThan(1_000);
            }
        }
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
