package io.suimon.chaos;

import io.suimon.harness.HttpConnection;
import io.suimon.harness.Origin;
import io.suimon.process.TestPatience;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class KeptConnectionsTest {

    private final Origin origin = new Origin("first");
    private final AtomicLong now = new AtomicLong();
    private final KeptConnections connections = new KeptConnections(origin.port(), TestPatience.MILLIS, now::get);

    @AfterEach
    void close() {
        connections.close();
        origin.close();
    }

    private HttpConnection used() throws IOException {
        var connection = connections.take();
        assertThat(connection.get("/")).startsWith("HTTP/1.1 200 ");
        return connection;
    }

    @Test
    void theOneUsedLastIsUsedFirst() throws IOException {
        var first = used();
        var second = used();
        connections.giveBack(first);
        connections.giveBack(second);

        var taken = connections.take();

        assertThat(taken).isSameAs(second);
        assertThat(connections.take()).isSameAs(first);
    }

    @Test
    void oneThatWaitedForLongIsNotUsedAgain() throws IOException {
        var old = used();
        connections.giveBack(old);
        now.addAndGet(KeptConnections.LONGEST_WAIT_NANOS + 1);

        var taken = used();

        assertThat(taken).isNotSameAs(old);
    }

    @Test
    void oneThatWaitedForLessIsUsedThoughOthersWaitedForLong() throws IOException {
        var young = used();
        connections.giveBack(used());
        now.addAndGet(KeptConnections.LONGEST_WAIT_NANOS + 1);
        connections.giveBack(young);

        var taken = connections.take();

        assertThat(taken).isSameAs(young);
    }
}
