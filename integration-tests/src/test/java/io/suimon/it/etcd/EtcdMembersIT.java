package io.suimon.it.etcd;

import io.suimon.chaos.ControlPlaneLog;
import io.suimon.harness.EtcdCluster;
import io.suimon.harness.EtcdMember;
import io.suimon.harness.FaultProxy;
import io.suimon.harness.Gateway;
import io.suimon.harness.PlaneProcess;
import io.suimon.it.Checkout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** One member of three fails, any one, in every way a member can: reads do not notice, and writes succeed in time. */
class EtcdMembersIT {

    private static final int MEMBERS = 3;

    /** What is promised; the deadline that control planes set writes by themselves is the same. */
    private static final Duration WRITES_WITHIN = Duration.ofSeconds(3);

    /** How long a fault stays once writes got through it. */
    private static final Duration FAULT = Duration.ofMillis(Long.getLong("suimon.it.fault-millis", 1_500));

    @TempDir
    static Path folder;

    private static EtcdCluster cluster;
    private static Gateway gateway;
    private static PlaneProcess controlPlane;

    /** What may happen to a member. */
    enum Fault {
        KILLED,
        FROZEN,
        REFUSED,
        DROPPED;

        void begin(EtcdMember member, FaultProxy proxy) {
            switch (this) {
                case KILLED -> member.kill();
                case FROZEN -> member.freeze();
                case REFUSED -> {
                    proxy.refuse(true);
                    proxy.cut();
                }
                case DROPPED -> proxy.swallow(true);
            }
        }

        void end(EtcdMember member, FaultProxy proxy) {
            switch (this) {
                case KILLED -> member.start();
                case FROZEN -> member.thaw();
                case REFUSED -> proxy.heal();
                case DROPPED -> {
                    proxy.heal();
                    proxy.cut(); // what was swallowed never comes
                }
            }
        }
    }

    @BeforeAll
    static void start() {
        cluster = EtcdCluster.start(MEMBERS, folder.resolve("etcd"));
        gateway = new Gateway(Checkout.ROOT, folder.resolve("gateway"));
        controlPlane = gateway.startControlPlane(List.of(), cluster.settings()).awaitReady();
        try (var warmUp = new Trial(gateway)) {
            await().atMost(Duration.ofSeconds(60)).until(() -> warmUp.written() > 300);
        }
    }

    @AfterAll
    static void stop() {
        controlPlane.close();
        cluster.close();
    }

    @ParameterizedTest
    @EnumSource
    void noReadFailsAndWritesSucceedInTimeWhicheverMemberIs(Fault fault) {
        int logged = controlPlane.log().length();
        for (int i = 0; i < MEMBERS; i++) {
            trial(fault, i);
        }

        var lines = controlPlane
                .log()
                .substring(logged)
                .lines()
                .filter(line -> !line.contains(" write key="))
                .toList();
        assertThat(new ControlPlaneLog(List.of(lines)).repetitions()).isEmpty();
        assertThat(lines).hasSizeLessThan(8 * MEMBERS);
    }

    private static void trial(Fault fault, int member) {
        try (var trial = new Trial(gateway)) {
            await().atMost(Duration.ofSeconds(60)).until(() -> trial.written() > 20);
            fault.begin(cluster.members().get(member), cluster.proxies().get(member));
            try {
                int before = trial.written();
                long until = System.nanoTime() + FAULT.toNanos();
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> trial.written() > before + 20 && System.nanoTime() - until > 0);
            } finally {
                fault.end(cluster.members().get(member), cluster.proxies().get(member));
            }
            assertThat(trial.failedReads()).isEmpty();
            assertThat(trial.failedWrites()).isEmpty();
            assertThat(trial.longestWrite()).isLessThanOrEqualTo(WRITES_WITHIN);
        } finally {
            cluster.awaitHealthy();
        }
    }
}
