package io.suimon.dataplane.sync;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.suimon.engine.compile.Compiled;
import io.suimon.proto.StateDigest;
import io.suimon.proto.sync.v1.ControlMessage;
import io.suimon.proto.sync.v1.Heartbeat;
import io.suimon.proto.sync.v1.SnapshotChunk;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** At revision 5 of an empty configuration. */
class ConfigApplierTest {

    private final CurrentRuntime current = new CurrentRuntime();
    private final ConfigApplier applier = new ConfigApplier(
            (base, change) -> new Compiled(base, List.of()),
            current,
            unused -> {},
            new SyncCounters(),
            InstantSource.system(),
            new SmallRyeConfigBuilder()
                    .addDiscoveredConverters()
                    .withMapping(SyncConfig.class)
                    .build()
                    .getConfigMapping(SyncConfig.class));

    @BeforeEach
    void takeSnapshot() {
        applier.take(ControlMessage.newBuilder()
                .setSnapshot(SnapshotChunk.newBuilder()
                        .setStoreId("store")
                        .setRevision(5)
                        .setLast(true)
                        .setDigest(StateDigest.EMPTY.toMessage()))
                .build());
    }

    private static ControlMessage heartbeat(long revision, StateDigest digest, boolean ackWanted) {
        return ControlMessage.newBuilder()
                .setHeartbeat(Heartbeat.newBuilder()
                        .setRevision(revision)
                        .setDigest(digest.toMessage())
                        .setAckWanted(ackWanted))
                .build();
    }

    @Test
    void heartbeatOfWhatItRunsNeedsNoAnswer() {
        var answer = applier.take(heartbeat(5, StateDigest.EMPTY, false));

        assertThat(answer).isInstanceOf(Answer.None.class);
    }

    @Test
    void acknowledgementThatIsWantedIsGivenAgain() {
        var answer = applier.take(heartbeat(5, StateDigest.EMPTY, true));

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Acknowledge.class,
                        acknowledge ->
                                assertThat(acknowledge.ack().getRevision()).isEqualTo(5));
    }

    @Test
    void laterRevisionOfTheSameContentIsTakenOver() {
        var answer = applier.take(heartbeat(6, StateDigest.EMPTY, false));

        assertThat(answer).isInstanceOf(Answer.Acknowledge.class);
        assertThat(current.applied().revision()).isEqualTo(6);
    }

    @Test
    void anotherDigestLeadsToAResync() {
        var answer = applier.take(heartbeat(5, new StateDigest(1, 2), true));

        assertThat(answer).isInstanceOf(Answer.Resync.class);
    }
}
