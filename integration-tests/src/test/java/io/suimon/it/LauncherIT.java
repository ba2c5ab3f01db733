package io.suimon.it;

import io.suimon.harness.Gateway;
import io.suimon.harness.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** {@code ./suimon} as a person uses it. */
class LauncherIT {

    private static final Duration AT_MOST = Duration.ofMinutes(5);
    private static final int TRAFFIC_PORT = 9080;

    /** Of a control plane and two nodes, where they are not moved. */
    private static final List<Integer> PORTS =
            List.of(9180, 9280, 9181, TRAFFIC_PORT, 9443, 9090, 9091, 7085, 10_080, 10_443, 10_090, 10_091, 8085);

    private final int offset = Ports.offset(PORTS);

    @TempDir
    Path folder;

    @AfterEach
    void stopWhatWasStarted() {
        suimon("down");
    }

    @Test
    void upPrintsLinesThatWorkWhenPasted() {
        var up = suimon("up", "--detach", "--port-offset", Integer.toString(offset));
        assertThat(up.status()).as(up.output()).isZero();

        var lines = up.output()
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("curl "))
                .toList();
        assertThat(lines).hasSize(2);
        assertThat(pasted(lines.get(0)).output()).contains("/apisix/routes/1");
        await().untilAsserted(() -> assertThat(pasted(lines.get(1)).output()).contains("{\"status\":\"ok\"}"));
    }

    @Test
    void aDeadProcessIsSeenAndStartedAgain() throws Exception {
        assertThat(suimon("up", "--detach", "--nodes", "2", "--port-offset", Integer.toString(offset))
                        .status())
                .isZero();
        assertThat(suimon("status")).extracting(CommandRun::status).isEqualTo(0);
        var files =
                List.of("admin.key", "control-plane.pid", "data-plane-1.pid", "data-plane-2.pid", "control-plane.log");
        assertThat(files).allSatisfy(file -> assertThat(folder.resolve(file)).isNotEmptyFile());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("admin.key"))))
                .isEqualTo("rw-------");

        kill("control-plane");
        assertThat(suimon("status").output()).contains("control-plane: not running", "data-plane-1: ready");
        assertThat(status(TRAFFIC_PORT + offset)).isEqualTo(404);
        assertThat(suimon("start", "control-plane").output()).contains("control-plane is ready");
        kill("data-plane-2");
        assertThat(suimon("start", "data-plane-2").output()).contains("data-plane-2 is ready");
        assertThat(suimon("down").status()).isZero();
        assertThat(suimon("status").status()).isEqualTo(3);
    }

    private void kill(String name) throws IOException {
        long pid =
                Long.parseLong(Files.readString(folder.resolve(name + ".pid")).strip());
        var process = ProcessHandle.of(pid).orElseThrow();
        process.destroyForcibly();
        await().until(() -> !process.isAlive());
    }

    private static int status(int port) {
        return Gateway.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/")))
                .statusCode();
    }

    private CommandRun suimon(String... arguments) {
        return CommandRun.launcher(folder, folder, AT_MOST, List.of(arguments));
    }

    private CommandRun pasted(String line) {
        return CommandRun.shell(folder, folder, AT_MOST, List.of("bash", "-c", line));
    }
}
