package io.suimon.chaos;

import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ControlPlaneLogTest {

    private static final String MEMBERS = "2026-01-01T00:00:00.000Z WARN  [io.su.co.st.et.EtcdMembers] ";
    private static final String MIRROR = "2026-01-01T00:00:00.000Z WARN  [io.su.co.mi.StoreMirror] ";
    private static final String LEFT = MEMBERS + "etcd 127.0.0.1:1: gone; this member is left out until it answers";
    private static final String BACK = MEMBERS + "etcd 127.0.0.1:1 answers again after 3 failures";
    private static final String OTHER_LEFT =
            MEMBERS + "etcd 127.0.0.1:2: gone; this member is left out until it answers";
    private static final String LOST =
            MIRROR + "The store cannot be followed, the configuration stays as it is: etcd 127.0.0.1:1: gone";
    private static final String FOLLOWED = MIRROR + "The store is followed, at revision 7 of store a, 3 entries";
    private static final String NODE = "2026-01-01T00:00:00.000Z INFO  [io.su.co.st.NodeSession] node a left";

    private static ControlPlaneLog log(String... lines) {
        return new ControlPlaneLog(List.of(List.of(lines)));
    }

    @Test
    void changesOfEachEndpointAreNoRepetitions() {
        var log = log(LEFT, OTHER_LEFT, LOST, NODE, BACK, FOLLOWED, LEFT, BACK);

        assertThat(log.repetitions()).isEmpty();
        assertThat(log.linesAboutEtcd()).isEqualTo(7);
        assertThat(log.lines()).isEqualTo(8);
    }

    @Test
    void sameStateTwiceIsARepetition() {
        var log = log(LEFT, OTHER_LEFT, LEFT);

        assertThat(log.repetitions())
                .containsExactly("etcd 127.0.0.1:1: gone; this member is left out until it answers");
    }

    @Test
    void lineThatTellsOfNoStateIsARepetition() {
        assertThat(log(MEMBERS + "still trying").repetitions()).containsExactly("still trying");
    }

    @Test
    void eachControlPlaneMayTellOnce() {
        var log = new ControlPlaneLog(List.of(List.of(LEFT), List.of(LEFT)));

        assertThat(log.repetitions()).isEmpty();
    }

    @Test
    void whatWasThereBeforeIsLeftOut() {
        var log = log(LEFT, NODE, LEFT);

        assertThat(log.since(log(LEFT, NODE))).isEqualTo(log(LEFT));
    }
}
