package io.suimon.dataplane.proxy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Programs that tests have others check with. */
final class TestCommands {

    /** What a program came to. */
    record Outcome(int exitCode, String output) {}

    private TestCommands() {}

    /** Runs one that is to succeed. */
    static void run(Path folder, List<String> command) {
        var outcome = call(folder, command, "");
        if (outcome.exitCode() != 0) {
            throw new IllegalStateException(command + ": " + outcome.output());
        }
    }

    /** Runs one to its end. */
    static Outcome call(Path folder, List<String> command, String input) {
        try {
            var process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            try (var in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            }
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            return new Outcome(process.waitFor(), output);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
