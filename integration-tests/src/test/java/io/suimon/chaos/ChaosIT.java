package io.suimon.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code ./suimon chaos} as a process: the short plan, and what it ends with. The whole is a command of its own. */
class ChaosIT {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final long MINUTES = 15;

    @TempDir
    Path folder;

    private record Outcome(int exitCode, String output) {}

    @Test
    void thePromisesOfTheShortPlanAreKept() throws Exception {
        var outcome = run(Chaos.class, "run", "--short", "--steady", "3", "--output", folder.toString());

        Files.copy(folder.resolve("chaos.html"), Path.of("target/chaos.html"), StandardCopyOption.REPLACE_EXISTING);
        assertThat(outcome.exitCode).as(outcome.output).isZero();
        assertThat(outcome.output).contains("3 of 3 promises kept. Report: ");
        assertThat(folder.resolve("chaos.md"))
                .content()
                .contains("| [etcd-gone](#etcd-gone) |", "| yes |")
                .doesNotContain("**no**");
    }

    @Test
    void aBrokenPromiseIsToldByTheExitCode() throws Exception {
        var outcome = run(BrokenPromise.class, ROOT.toString(), folder.toString());

        assertThat(outcome.exitCode).as(outcome.output).isEqualTo(1);
        assertThat(outcome.output)
                .contains(
                        "NOT  writes while the fault holds: 0 of ",
                        "ok   failed requests: 0 of ",
                        "0 of 1 promises kept");
        assertThat(folder.resolve("chaos.md")).content().contains("| **no** |", "**broken**");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "list | 0 | etcd-slow  ",
                "run  | 2 | suimon: nothing to run",
                "run etcd-sloww | 2 | suimon: etcd-sloww: unknown experiment (see .",
            })
    void whatNeedsNoLaboratoryEndsAtOnce(String line, int exitCode, String said) throws Exception {
        var outcome = run(Chaos.class, line.split(" ", -1));

        assertThat(outcome.exitCode).as(outcome.output).isEqualTo(exitCode);
        assertThat(outcome.output).contains(said.strip());
    }

    private Outcome run(Class<?> program, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dsuimon.root=" + ROOT,
                "-Dsuimon.work=" + folder,
                "-cp",
                Path.of("target/classes").toAbsolutePath() + ":"
                        + Path.of("target/test-classes").toAbsolutePath(),
                program.getName()));
        command.addAll(List.of(arguments));
        var output = folder.resolve("output.txt");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES))
                    .as(Files.readString(output))
                    .isTrue();
            return new Outcome(process.exitValue(), Files.readString(output));
        } finally {
            process.destroy();
        }
    }
}
