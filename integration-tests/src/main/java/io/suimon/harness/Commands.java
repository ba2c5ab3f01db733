package io.suimon.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs. */
public final class Commands {

    private static final Duration FOREVER = Duration.ofDays(1);

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

    /** The same with more environment variables, of a program that is ended when it takes longer. */
    public static String output(List<String> command, Map<String, String> environment, Duration atMost) {
        var builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return output(builder, atMost);
    }

    private static String output(ProcessBuilder builder) {
        return output(builder, FOREVER);
    }

    private static String output(ProcessBuilder builder, Duration atMost) {
        var command = builder.command();
        try {
            var process = builder.redirectErrorStream(true).start();
            var late = process.onExit()
                    .completeOnTimeout(process, atMost.toMillis(), TimeUnit.MILLISECONDS)
                    .thenApply(Commands::endedByUs);
            var output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (late.join()) {
                throw new IllegalStateException(String.join(" ", command) + ": no end after " + atMost + ": " + output);
            }
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

    private static boolean endedByUs(Process process) {
        if (!process.isAlive()) {
            return false; // its output can still be read
        }
        process.destroyForcibly();
        return true;
    }
}
