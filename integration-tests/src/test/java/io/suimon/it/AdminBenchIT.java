package io.suimon.it;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code ./suimon bench admin}, as small as it can be. */
class AdminBenchIT {

    private static final Duration AT_MOST = Duration.ofMinutes(15);

    @TempDir
    Path folder;

    @Test
    void measuresBothStoresAndSaysWhichTargetsAreMet() throws Exception {
        var report = folder.resolve("report.md");

        var run = bench("--routes", "200", "--seconds", "1", "--output", report.toString());

        assertThat(run.status()).as(run.output()).isZero();
        assertThat(report)
                .content()
                .contains("## On the embedded store", "## On etcd", "With 200 routes", "| met |")
                .contains("what the Admin API adds", "from the start of the process to ready", "live heap");
    }

    @Test
    void aWrongOptionIsNamed() throws Exception {
        var run = bench("--store", "redis");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.output()).contains("--store: redis (expected: embedded, etcd or both)");
    }

    private CommandRun bench(String... arguments) throws IOException, InterruptedException {
        return CommandRun.of("io.suimon.bench.admin.AdminBench", folder, AT_MOST, arguments);
    }
}
