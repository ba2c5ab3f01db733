package io.suimon.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** Runs programs. */
public final class Commands {

    private Commands() {}

    /** Whether programs run as root. */
    static boolean isRoot() {
        return System.getProperty("user.name", "").equals("root");
    }

    /** Everything a program prints, errors included. It must succeed. */
    public static String output(List<String> command) {
        return output(new ProcessBuilder(command));
    }

    /** The same of a program that reads a file. */
    static String output(List<String> command, Path input) {
        return output(new ProcessBuilder(command).redirectInput(input.toFile()));
    }

    private static String output(ProcessBuilder builder) {
        var command = builder.command();
        try {
            var process = builder.redirectErrorStream(true).start();
            var output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
