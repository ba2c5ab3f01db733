package io.suimon.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A command of this module as it ended, run in a process of its own.
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
        var output = work.resolve("output.txt");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS))
                    .as("ends in time: %s", Files.readString(output))
                    .isTrue();
            return new CommandRun(process.exitValue(), Files.readString(output));
        } finally {
            process.destroy();
        }
    }
}
