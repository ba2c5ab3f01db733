package io.suimon.it;

import io.suimon.harness.Gateway;
import io.suimon.harness.Origin;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Secrets are encrypted in the store and plain at the nodes, which follow the keyring of their control plane. */
class EncryptionIT {

    private static final List<String> UNPINNED = List.of();
    private static final String SECRET = "the-secret-of-jack";
    private static final Map<String, String> KEYRING = Map.of("SUIMON_ENCRYPTION_KEYRING", "an-old-key-of-16");
    private static final Map<String, String> ROTATED =
            Map.of("SUIMON_ENCRYPTION_KEYRING", "a-new-key-of-16b,an-old-key-of-16");

    @TempDir
    Path folder;

    @Test
    void consumersAuthenticateForAsLongAsTheirKeyCanBeDecrypted() {
        var gateway = new Gateway(Checkout.ROOT, folder);
        try (var origin = new Origin("closed");
                var dataPlane = gateway.startDataPlane(UNPINNED, Map.of())) {
            try (var controlPlane = gateway.startControlPlane(UNPINNED, KEYRING).awaitReady()) {
                put(
                        gateway,
                        "consumers/jack",
                        "{\"username\":\"jack\",\"plugins\":{\"key-auth\":{\"key\":\"" + SECRET + "\"}}}");
                put(
                        gateway,
                        "routes/1",
                        "{\"uri\":\"/closed\",\"plugins\":{\"key-auth\":{}},\"upstream\":{\"nodes\":{\"%s\":1}}}"
                                .formatted(origin.node()));
                awaitAnswer(gateway, SECRET, 200);
                awaitAnswer(gateway, "another", 401);
                assertThat(controlPlane.log()).doesNotContain(SECRET);
            }
            try (var controlPlane =
                    gateway.startControlPlane(UNPINNED, Map.of()).awaitReady()) {
                awaitAnswer(gateway, SECRET, 401);
                assertThat(controlPlane.log()).contains("consumers/jack@").contains("plugins.key-auth.key");
            }
            try (var controlPlane = gateway.startControlPlane(UNPINNED, ROTATED).awaitReady()) {
                awaitAnswer(gateway, SECRET, 200);
                assertThat(controlPlane.log()).doesNotContain(SECRET);
            }
            assertThat(dataPlane.log()).doesNotContain(SECRET);
        }
    }

    private static void put(Gateway gateway, String path, String body) {
        var answer = gateway.admin("PUT", "/apisix/admin/" + path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(answer.body()).doesNotContain(SECRET);
    }

    private static void awaitAnswer(Gateway gateway, String key, int status) {
        await().ignoreExceptions()
                .until(() -> gateway.get("/closed?apikey=" + key).statusCode() == status);
    }
}
