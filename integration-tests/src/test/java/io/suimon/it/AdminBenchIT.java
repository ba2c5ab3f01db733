package io.suimon.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code ./suimon bench admin}, as small as it can be. */
class AdminBenchIT {

    @TempDir
    Path folder;

    @Test
    void measuresBothStoresAndSaysWhichTargetsAreMet() throws Exception {
        var report = folder.resolve("report.md");

        int status = bench("--routes", "200", "--seconds", "1", "--output", report.toString());

        assertThat(status).as(output()).isZero();
        assertThat(report)
                .content()
                .contains("## On the embedded store", "## On etcd", "With 200 routes", "| met |")
                .contains("what the Admin API adds", "from the start of the process to ready", "live heap");
    }

    @Test
    void aWrongOptionIsNamed() throws Exception {
        int status = bench("--store", "redis");

        assertThat(status).isEqualTo(2);
        assertThat(output()).contains("--store: redis (expected: embedded, etcd or both)");
    }

    private int bench(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Dsuimon.root=" + Checkout.ROOT,
                "-Dsuimon.work=" + folder,
                "io.suimon.bench.admin.AdminBench"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        assertThat(process.waitFor(180, TimeUnit.SECONDS)).as("ends in time").isTrue();
        return process.exitValue();
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("output"));
    }
}
