package io.suimon.it.etcd;

import io.suimon.harness.EtcdCluster;
import io.suimon.harness.Gateway;
import io.suimon.harness.PlaneProcess;
import io.suimon.it.Checkout;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** An etcd that asks for user and password, from the beginning or all of a sudden. */
class EtcdAuthIT {

    private static final Duration MEASURED = Duration.ofMillis(Long.getLong("suimon.it.auth-millis", 10_000));

    /** Of a token. */
    private static final Duration LIFETIME = Duration.ofSeconds(2);

    @TempDir
    Path folder;

    private EtcdCluster cluster;
    private Gateway gateway;

    @BeforeEach
    void start() {
        cluster = EtcdCluster.start(3, folder.resolve("etcd"), "--auth-token-ttl=" + LIFETIME.toSeconds());
        gateway = new Gateway(Checkout.ROOT, folder.resolve("gateway"));
        makeUsers(cluster);
    }

    /** The one that may do everything, and one who may read and write the prefix. */
    static void makeUsers(EtcdCluster cluster) {
        cluster.ctl("user", "add", "root:secret");
        cluster.ctl("user", "grant-role", "root", "root");
        cluster.ctl("role", "add", "suimon");
        cluster.ctl("role", "grant-permission", "suimon", "--prefix=true", "readwrite", "/apisix/");
        cluster.ctl("user", "add", "suimon:gate");
        cluster.ctl("user", "grant-role", "suimon", "suimon");
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    private PlaneProcess controlPlane(Map<String, String> more) {
        var settings = new HashMap<>(cluster.settings());
        settings.putAll(more);
        return gateway.startControlPlane(List.of(), settings).awaitReady();
    }

    static Map<String, String> login() {
        return Map.of("SUIMON_STORE_ETCD_USER", "suimon", "SUIMON_STORE_ETCD_PASSWORD", "gate");
    }

    /** Etcd's own tokens live for as long as they are used: for those that run out under load, see {@link EtcdSignedTokensIT}. */
    @Test
    void aTokenThatRanOutWhileNobodyWroteCostsNoWrite() {
        cluster.ctl("auth", "enable");
        try (var controlPlane = controlPlane(login())) {
            for (int i = 0; i < 3; i++) {
                assertThat(put().statusCode()).isLessThan(300);
                long runsOutBy = System.nanoTime() + LIFETIME.multipliedBy(2).toNanos();
                await().until(() -> System.nanoTime() > runsOutBy);
            }

            assertThat(put().statusCode()).isEqualTo(200);
            assertThat(controlPlane.log()).doesNotContain(" WARN  [io.su.co.st");
        }
    }

    private HttpResponse<String> put() {
        return gateway.admin("PUT", "/apisix/admin/upstreams/1", "{\"nodes\":{\"127.0.0.1:1\":1}}");
    }

    @Test
    void aUserThatIsSetIsUsedOnceEtcdWantsOne() {
        try (var controlPlane = controlPlane(login());
                var trial = new Trial(gateway)) {
            await().until(() -> trial.written() > 20);

            cluster.ctl("auth", "enable");

            int before = trial.written();
            await().until(() -> trial.written() > before + 50);
            assertThat(trial.failedWrites()).isEmpty();
            assertThat(controlPlane.alive()).isTrue();
        }
    }

    @Test
    void authenticationSwitchedOnUnderAControlPlaneWithoutUserCostsFewLinesAndLittleTime() throws Exception {
        try (var controlPlane = controlPlane(Map.of())) {
            var process = ProcessHandle.of(controlPlane.pid()).orElseThrow();
            settle();
            int logged = controlPlane.log().length();
            cluster.ctl("auth", "enable");
            var cpu = process.info().totalCpuDuration().orElseThrow();

            LockSupport.parkNanos(MEASURED.toNanos());

            var used = process.info().totalCpuDuration().orElseThrow().minus(cpu);
            var lines = controlPlane.log().substring(logged).lines().toList();
            assertThat(lines).hasSizeLessThanOrEqualTo(3);
            assertThat(used).isLessThan(MEASURED.dividedBy(2));
            var write = put();
            assertThat(write.statusCode()).isEqualTo(503);
            assertThat(write.body()).contains("user name is empty", "\"may_take_effect\":false");
            assertThat(gateway.admin("GET", "/apisix/admin/routes", "").statusCode())
                    .isEqualTo(200);
        }
    }

    /** The start of a process takes time of its own. */
    private void settle() {
        for (int i = 0; i < 20; i++) {
            put();
        }
        LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
    }
}
