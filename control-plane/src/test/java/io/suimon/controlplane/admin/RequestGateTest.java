package io.suimon.controlplane.admin;

import io.suimon.process.TestPatience;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RequestGateTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void oneMoreThanTheLimitIsRefusedUntilOneLeaves() {
        var gate = new RequestGate(1);

        var first = gate.enter();
        var second = gate.enter();
        gate.leave();
        var third = gate.enter();

        assertThat(Arrays.asList(first, second, third))
                .containsExactly(null, "too many requests at once (limit 1)", null);
    }

    @Test
    void whoIsInsideIsWaitedForAndNobodyElseComesIn() {
        var gate = new RequestGate(1);
        gate.enter();

        var closed = CompletableFuture.runAsync(() -> close(gate, LONG));
        Awaitility.await().until(() -> "shutting down".equals(gate.enter()));
        boolean early = closed.isDone();
        gate.leave();

        assertThat(early).isFalse();
        assertThat(closed).succeedsWithin(TestPatience.LONG);
    }

    @Test
    void theWaitIsBounded() {
        var gate = new RequestGate(1);
        gate.enter();

        var closed = CompletableFuture.runAsync(() -> close(gate, Duration.ofMillis(20)));

        assertThat(closed).succeedsWithin(TestPatience.LONG);
    }

    private static void close(RequestGate gate, Duration atMost) {
        try {
            gate.close(atMost);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
