package io.suimon.it;

import io.suimon.harness.Gateway;
import io.suimon.harness.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** {@code ./suimon} as a person uses it. */
class LauncherIT {

    private static final int TRAFFIC_PORT = 9080;

    /** Of a control plane and two nodes, where they are not moved. */
    private static final List<Integer> PORTS =
            List.of(9180, 9280, 9181, TRAFFIC_PORT, 9443, 9090, 9091, 7085, 10_080, 10_443, 10_090, 10_091, 8085);

    private record Outcome(int exitCode, String output) {}

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
        assertThat(up.exitCode).as(up.output).isZero();

        var lines = up.output
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("curl "))
                .toList();
        assertThat(lines).hasSize(2);
        assertThat(run(List.of("bash", "-c", lines.get(0))).output).contains("/apisix/routes/1");
        await().untilAsserted(() ->
                assertThat(run(List.of("bash", "-c", lines.get(1))).output).contains("{\"status\":\"ok\"}"));
    }

    @Test
    void aDeadProcessIsSeenAndStartedAgain() throws Exception {
        assertThat(suimon("up", "--detach", "--nodes", "2", "--port-offset", Integer.toString(offset)).exitCode)
                .isZero();
        assertThat(suimon("status")).extracting(Outcome::exitCode).isEqualTo(0);
        var files =
                List.of("admin.key", "control-plane.pid", "data-plane-1.pid", "data-plane-2.pid", "control-plane.log");
        assertThat(files).allSatisfy(file -> assertThat(folder.resolve(file)).isNotEmptyFile());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("admin.key"))))
                .isEqualTo("rw-------");

        kill("control-plane");
        assertThat(suimon("status").output).contains("control-plane: not running", "data-plane-1: ready");
        assertThat(status(TRAFFIC_PORT + offset)).isEqualTo(404);
        assertThat(suimon("start", "control-plane").output).contains("control-plane is ready");
        kill("data-plane-2");
        assertThat(suimon("start", "data-plane-2").output).contains("data-plane-2 is ready");
        assertThat(suimon("down").exitCode).isZero();
        assertThat(suimon("status").exitCode).isEqualTo(3);
    }

    @Test
    void wrongOptionsAreNamed() {
        assertThat(suimon("up", "--nodes", "many").output).contains("--nodes", "many", "expected");
        assertThat(suimon("up", "--etcd", "localhost").output).contains("--etcd", "localhost", "expected");
        assertThat(suimon("upp").output).contains("upp", "expected");
        assertThat(suimon("start", "data-plane-9").output).contains("data-plane-9");
        for (var command : List.of("up", "down", "status", "start", "test", "bench")) {
            assertThat(suimon(command, "--help")).extracting(Outcome::exitCode).isEqualTo(0);
        }
        assertThat(suimon("bench", "admin", "--help").output).contains("--store", "--routes", "--seconds", "--output");
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

    private Outcome suimon(String... arguments) {
        var command = new ArrayList<String>();
        command.add(Checkout.ROOT.resolve("suimon").toString());
        command.addAll(List.of(arguments));
        return run(command);
    }

    private Outcome run(List<String> command) {
        try {
            var output = Files.createTempFile(folder, "output", ".txt");
            var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().keySet().removeIf(Pattern.compile("SUIMON_.*").asMatchPredicate());
            builder.environment().put("SUIMON_HOME", folder.toString());
            var process = builder.start();
            assertThat(process.waitFor(300, TimeUnit.SECONDS))
                    .as(command.toString())
                    .isTrue();
            return new Outcome(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
