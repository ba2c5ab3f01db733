package io.suimon.controlplane.stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.suimon.proto.StateDigest;
import io.suimon.proto.SyncProtocol;
import io.suimon.proto.sync.v1.Ack;
import io.suimon.proto.sync.v1.Hello;
import io.suimon.proto.sync.v1.NodeStatus;
import io.suimon.proto.sync.v1.Rejection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What is told of a node: it says hello at noon, acknowledges 20 s later, is heard 30 s after that, and 7 s later somebody asks. */
class NodeListingTest {

    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    private static final StateDigest DIGEST = new StateDigest(1, 2);

    private Instant now = NOON;
    private final NodeRegistry registry = new NodeRegistry(() -> now, 10);
    private final NodeSession session = new NodeSession(
            new PaperCall(),
            new SessionContext(
                    new Projection(10),
                    registry,
                    new StreamCounters(),
                    Runnable::run,
                    () -> false,
                    over -> {},
                    () -> 0,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(10)));

    @BeforeEach
    void live() {
        registry.arrived(
                session,
                Hello.newBuilder()
                        .setNodeId("n1")
                        .putLabels("zone", "a")
                        .setVersion("1.2.3")
                        .setAddress("host:9080")
                        .addPlugins("cors")
                        .setProtocol(SyncProtocol.VERSION)
                        .setRevision(5)
                        .setDigest(StateDigest.EMPTY.toMessage())
                        .build());
        pass(20);
        registry.acknowledged(
                session,
                "n1",
                Ack.newBuilder()
                        .setRevision(8)
                        .setDigest(DIGEST.toMessage())
                        .addRejections(Rejection.newBuilder()
                                .setKind("routes")
                                .setId("r")
                                .setRevision(7)
                                .setReason("no such plugin"))
                        .setRejectionsTotal(1)
                        .build());
        pass(30);
        registry.reported(
                session,
                "n1",
                NodeStatus.newBuilder()
                        .setUptimeSeconds(60)
                        .setOpenConnections(3)
                        .setRequestsTotal(99)
                        .build());
        pass(7);
    }

    private void pass(int seconds) {
        now = now.plusSeconds(seconds);
    }

    private Node connected() {
        return registry.listing().connected().getFirst();
    }

    @Test
    void everythingIsToldOfOneThatIsConnected() {
        assertThat(connected().id()).isEqualTo("n1");
        assertThat(connected().state()).isEqualTo(Node.State.CONNECTED);
        assertThat(connected().labels()).containsOnlyKeys("zone").containsValue("a");
        assertThat(connected().version()).isEqualTo("1.2.3");
        assertThat(connected().address()).isEqualTo("host:9080");
        assertThat(connected().plugins()).containsExactly("cors");
        assertThat(connected().revision()).isEqualTo(8);
        assertThat(connected().digest()).isEqualTo(DIGEST.toString());
        assertThat(connected().connectedSince()).isEqualTo(NOON.toString());
        assertThat(connected().goneSince()).isNull();
        assertThat(connected().behindSince()).isNull();
        assertThat(connected().heardAgeSeconds()).isEqualTo(7);
        assertThat(connected().ackAgeSeconds()).isEqualTo(37);
        assertThat(connected().rejectionsTotal()).isEqualTo(1);
        assertThat(connected().rejections()).containsExactly(new Node.Rejected("routes", "r", 7, "no such plugin"));
        assertThat(List.of(
                        connected().uptimeSeconds(),
                        connected().openConnections(),
                        connected().requestsTotal()))
                .containsExactly(60L, 3L, 99L);
    }

    @Test
    void oneThatHasNotAcknowledgedOnThisStreamHasNoAgeOfThat() {
        registry.arrived(session, Hello.newBuilder().setNodeId("n2").build());

        var second = registry.listing().connected().getLast();

        assertThat(second.ackAgeSeconds()).isNull();
        assertThat(second.heardAgeSeconds()).isZero();
        assertThat(second.connectedSince()).isEqualTo(now.toString());
    }

    @Test
    void oneThatIsBehindSaysSinceWhen() {
        registry.headMoved(8);
        pass(1);
        registry.headMoved(9);
        var moved = now;
        pass(60);
        registry.headMoved(10);

        assertThat(connected().behindSince()).isEqualTo(moved.toString());
    }

    @ParameterizedTest
    @EnumSource(names = {"LEFT", "LOST"})
    void oneThatIsGoneIsToldToBeGoneFromThatMomentOn(Node.State how) {
        var moment = now;

        registry.ended(session, "n1", how);

        assertThat(registry.listing().connected()).isEmpty();
        assertThat(registry.listing().gone()).singleElement().satisfies(gone -> {
            assertThat(gone.state()).isEqualTo(how);
            assertThat(gone.goneSince()).isEqualTo(moment.toString());
            assertThat(gone.connectedSince()).isEqualTo(NOON.toString());
            assertThat(gone.revision()).isEqualTo(8);
            assertThat(gone.rejectionsTotal()).isEqualTo(1);
        });
    }

    @Test
    void thePlacesAreNamedAsDocumented() {
        assertThat(new ObjectMapper().valueToTree(connected()).toString())
                .isEqualTo("{\"id\":\"n1\",\"state\":\"connected\",\"labels\":{\"zone\":\"a\"},\"version\":\"1.2.3\","
                        + "\"address\":\"host:9080\",\"plugins\":[\"cors\"],\"revision\":8,\"digest\":\"" + DIGEST
                        + "\",\"connected_since\":\"2026-01-02T12:00:00Z\",\"gone_since\":null,\"behind_since\":null,"
                        + "\"heard_age_seconds\":7,\"ack_age_seconds\":37,\"rejections_total\":1,\"rejections\":"
                        + "[{\"kind\":\"routes\",\"id\":\"r\",\"revision\":7,\"reason\":\"no such plugin\"}],"
                        + "\"replaced\":0,\"uptime_seconds\":60,\"open_connections\":3,\"requests_total\":99}");
    }
}
