package io.suimon.controlplane.stream;

import io.grpc.Status;
import io.suimon.proto.SyncProtocol;
import io.suimon.proto.sync.v1.ControlMessage;
import io.suimon.proto.sync.v1.Hello;
import io.suimon.proto.sync.v1.NodeMessage;
import io.suimon.proto.sync.v1.NodeStatus;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** How long a session bears that its node says nothing, by a clock of its own; the node says hello at 0. */
class SilentNodeTest {

    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final Duration TICK = HEARTBEAT.dividedBy(StreamServer.TICKS);

    private final AtomicLong now = new AtomicLong();
    private final PaperCall call = new PaperCall();
    private final NodeRegistry registry = new NodeRegistry(InstantSource.system(), 10);
    private final NodeSession session = new NodeSession(
            call,
            new SessionContext(
                    new Projection(10),
                    registry,
                    new StreamCounters(),
                    Runnable::run,
                    () -> false,
                    over -> {},
                    now::get,
                    Duration.ofSeconds(10),
                    HEARTBEAT,
                    Duration.ofSeconds(10)));

    @BeforeEach
    void sayHello() {
        session.onNext(NodeMessage.newBuilder()
                .setHello(Hello.newBuilder().setNodeId("n").setProtocol(SyncProtocol.VERSION))
                .build());
    }

    private void tickAt(Duration time) {
        now.set(time.toNanos());
        session.tick();
    }

    /** @param phase milliseconds from the hello to the next tick */
    @ParameterizedTest(name = "ticking {0} ms after the last word")
    @ValueSource(longs = {0, 1, 250, 500, 999, 1000})
    void silentNodeIsGoneAfterMoreThanOneHeartbeatAndNoMoreThanTwo(long phase) {
        var end = Duration.ofMillis(phase);

        for (tickAt(end); call.end == null; tickAt(end)) {
            end = end.plus(TICK);
        }

        assertThat(end).isBetween(HEARTBEAT.multipliedBy(3).dividedBy(2), HEARTBEAT.multipliedBy(2));
        assertThat(Status.fromThrowable(call.end).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(registry.listing().gone())
                .singleElement()
                .satisfies(gone -> assertThat(gone.state()).isEqualTo(Node.State.LOST));
    }

    @Test
    void nodeThatSpeaksOncePerHeartbeatStaysAndHearsAsOften() {
        int beats = 100;
        for (int tick = 1; tick <= beats * StreamServer.TICKS; tick++) {
            tickAt(TICK.multipliedBy(tick));
            if (tick % StreamServer.TICKS == 0) {
                session.onNext(NodeMessage.newBuilder()
                        .setStatus(NodeStatus.getDefaultInstance())
                        .build());
            }
        }

        assertThat(call.end).isNull();
        assertThat(call.sent).hasSize(1 + beats).allMatch(ControlMessage::hasHeartbeat);
    }

    @Test
    void nodeGetsAnotherHeartbeatWhenTheControlPlaneItselfStoodStill() {
        var awake = Duration.ofMinutes(10);

        tickAt(awake);
        var bornWith = call.end;
        var end = awake;
        for (; call.end == null; tickAt(end)) {
            end = end.plus(TICK);
        }

        assertThat(bornWith).isNull();
        assertThat(end.minus(awake)).isBetween(HEARTBEAT.dividedBy(2), HEARTBEAT);
    }
}
