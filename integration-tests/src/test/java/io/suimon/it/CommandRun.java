package io.suimon.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A command of this module, or the launcher, as it ended, run in a process of its own.
 *
 * @param output all it said, on either way
 */
record CommandRun(int status, String output) {

    /**
     * Runs it to its end.
     *
     * @param main the name of its class
     * @param work where it may leave what it needs
     */
    static CommandRun of(String main, Path work, Duration atMost, String... arguments)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Dsuimon.root=" + Checkout.ROOT,
                "-Dsuimon.work=" + work,
                main));
        command.addAll(List.of(arguments));
        return ended(new ProcessBuilder(command), work, atMost);
    }

    /**
     * Runs {@code ./suimon} to its end, without what this process was told by {@code SUIMON_} variables.
     *
     * @param home where it keeps what it writes
     * @param work where what it says is kept
     */
    static CommandRun launcher(Path home, Path work, Duration atMost, List<String> arguments) {
        var command = new ArrayList<>(List.of(Checkout.ROOT.resolve("suimon").toString()));
        command.addAll(arguments);
        return shell(home, work, atMost, command);
    }

    /** Runs what is not ours to its end, otherwise as {@link #launcher} does. */
    static CommandRun shell(Path home, Path work, Duration atMost, List<String> command) {
        var builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("SUIMON_"));
        builder.environment().put("SUIMON_HOME", home.toString());
        try {
            return ended(builder, work, atMost);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static CommandRun ended(ProcessBuilder builder, Path work, Duration atMost)
            throws IOException, InterruptedException {
        var output = Files.createTempFile(work, "output", ".txt");
        var process = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS))
                    .as("%s ends in time: %s", builder.command(), Files.readString(output))
                    .isTrue();
            return new CommandRun(process.exitValue(), Files.readString(output));
        } finally {
            process.destroy();
        }
    }
}
