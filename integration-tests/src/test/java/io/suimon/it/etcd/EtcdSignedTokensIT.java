package io.suimon.it.etcd;

import io.suimon.harness.Commands;
import io.suimon.harness.EtcdCluster;
import io.suimon.harness.Gateway;
import io.suimon.it.Checkout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** An etcd whose tokens are signed, and so run out however much they are used. */
class EtcdSignedTokensIT {

    private static final Duration LIFETIME = Duration.ofSeconds(2);

    @TempDir
    Path folder;

    private EtcdCluster cluster;

    @BeforeEach
    void start() {
        var key = folder.resolve("token.key").toString();
        var publicKey = folder.resolve("token.pem").toString();
        Commands.output(List.of("openssl", "genrsa", "-out", key, "2048"));
        Commands.output(List.of("openssl", "rsa", "-in", key, "-pubout", "-out", publicKey));
        cluster = EtcdCluster.start(
                3,
                folder.resolve("etcd"),
                "--auth-token=jwt,pub-key=%s,priv-key=%s,sign-method=RS256,ttl=%ds"
                        .formatted(publicKey, key, LIFETIME.toSeconds()));
        EtcdAuthIT.makeUsers(cluster);
        cluster.ctl("auth", "enable");
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void tokensThatRunOutUnderLoadCostNoWriteOfAUserWhoMayWriteThePrefixAlone() {
        var settings = new HashMap<>(cluster.settings());
        settings.putAll(EtcdAuthIT.login());
        var gateway = new Gateway(Checkout.ROOT, folder.resolve("gateway"));
        try (var controlPlane = gateway.startControlPlane(List.of(), settings).awaitReady();
                var trial = new Trial(gateway)) {
            long until = System.nanoTime() + LIFETIME.multipliedBy(4).toNanos();

            await().until(() -> trial.written() > 50 && System.nanoTime() > until);

            assertThat(trial.failedWrites()).isEmpty();
            assertThat(trial.failedReads()).isEmpty();
            assertThatThrownBy(() -> cluster.ctl("--user=suimon:gate", "get", "/other"))
                    .hasMessageContaining("permission denied");
            assertThat(controlPlane.log()).doesNotContain("gate\"").doesNotContain(" WARN  [io.su.co.st");
        }
    }
}
