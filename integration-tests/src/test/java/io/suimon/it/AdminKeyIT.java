package io.suimon.it;

import io.suimon.harness.Gateway;
import io.suimon.harness.PlaneProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The key of the Admin API where none is set: the first start makes it, later ones keep it, a setting takes its place. */
class AdminKeyIT {

    private static final String MADE = "made an admin key and wrote it to ";
    private static final String CHOSEN = "a-key-somebody-chose";

    @TempDir
    Path folder;

    private Gateway gateway;

    @BeforeEach
    void describe() {
        gateway = new Gateway(Checkout.ROOT, folder);
    }

    @Test
    void theFirstStartMakesAKeyThatLaterOnesKeep() throws IOException {
        var file = folder.resolve("admin.key");
        String key;
        try (var first = start("")) {
            key = Files.readString(file).strip();

            assertThat(status("PUT", key)).isEqualTo(201);
            assertThat(status("GET", key.substring(1))).isEqualTo(401);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(first.log()).containsOnlyOnce(MADE + file);
        }
        try (var second = start("")) {
            assertThat(status("PUT", key)).isEqualTo(200);
            assertThat(second.log()).containsOnlyOnce(MADE).doesNotContain(key);
        }
        try (var third = start(CHOSEN)) {
            assertThat(status("GET", CHOSEN)).isEqualTo(200);
            assertThat(status("GET", key)).isEqualTo(401);
            assertThat(Files.readString(file).strip()).isEqualTo(key);
            assertThat(third.log()).doesNotContain(CHOSEN);
        }
    }

    /** The log goes on where it was. */
    private PlaneProcess start(String key) {
        return gateway.startControlPlane(List.of(), Map.of("SUIMON_ADMIN_KEY", key))
                .awaitReady();
    }

    private int status(String method, String key) {
        var uri = URI.create("http://127.0.0.1:" + gateway.adminPort() + "/apisix/admin/services/1");
        var body =
                method.equals("GET") ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString("{}");
        return Gateway.send(HttpRequest.newBuilder(uri).header("X-API-KEY", key).method(method, body))
                .statusCode();
    }
}
