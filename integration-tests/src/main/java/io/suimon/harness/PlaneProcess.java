package io.suimon.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * One plane as a process of its own, from the applications as built, with the JVM options they ship with.
 *
 * <p>Its log is a file; its settings are environment variables. Not thread-safe.
 */
public final class PlaneProcess implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofMinutes(2);

    /** How closely Netty watches buffers: tests say so to their own process, and measurements do not. */
    private static final String LEAK_DETECTION = "io.netty.leakDetection.level";

    /** What Netty logs of a buffer that was dropped without being released. */
    private static final String LEAK = "LEAK: ";

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final String plane;
    private final Path log;
    private final URI ready;
    private final ProcessBuilder builder;
    private Process process;

    private PlaneProcess(String plane, Path log, URI ready, ProcessBuilder builder) {
        this.plane = plane;
        this.log = log;
        this.ready = ready;
        this.builder = builder;
        this.process = start();
    }

    /**
     * Starts a plane without waiting for it.
     *
     * @param root the checkout
     * @param plane {@code control-plane} or {@code data-plane}
     * @param prefix put before the command, as {@code taskset -c 0}; may be empty
     * @param settings environment variables
     * @param ready what is answered 200 when it is ready
     */
    public static PlaneProcess start(
            Path root, String plane, List<String> prefix, Map<String, String> settings, Path log, URI ready) {
        var command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        leakDetection().ifPresent(level -> command.add("-D" + LEAK_DETECTION + "=" + level));
        recordedStart(root, plane).ifPresent(cache -> command.add("-XX:AOTCache=" + cache));
        command.add("@" + root.resolve(plane + "/src/main/jib/app/jvm.options"));
        command.add("-jar");
        command.add(root.resolve(plane + "/target/quarkus-app/quarkus-run.jar").toString());
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("SUIMON_") || name.startsWith("QUARKUS_"));
        builder.environment().putAll(new TreeMap<>(settings));
        return new PlaneProcess(plane, log, ready, builder);
    }

    private static Optional<String> leakDetection() {
        return Optional.ofNullable(System.getProperty(LEAK_DETECTION));
    }

    /** What the launcher recorded of an earlier start of this very build. */
    private static Optional<Path> recordedStart(Path root, String plane) {
        var cache = root.resolve(plane + "/target/" + plane + ".aot").toFile();
        var application =
                root.resolve(plane + "/target/quarkus-app/quarkus-run.jar").toFile();
        return cache.lastModified() > application.lastModified() ? Optional.of(cache.toPath()) : Optional.empty();
    }

    private Process start() {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it again, with the same settings, after it ended. */
    public void restart() {
        process = start();
    }

    public long pid() {
        return process.pid();
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** Waits until it is ready. */
    public PlaneProcess awaitReady() {
        if (!await(() -> answers(ready) || !alive(), READY_WITHIN) || !alive()) {
            throw new IllegalStateException(plane + " did not become ready; its log:\n" + log());
        }
        return this;
    }

    /** Waits until a node takes requests, with or without a configuration. */
    public PlaneProcess awaitListening() {
        if (!await(() -> log().contains(" traffic on ") || !alive(), READY_WITHIN) || !alive()) {
            throw new IllegalStateException(plane + " does not listen; its log:\n" + log());
        }
        return this;
    }

    /** Everything it has logged. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it as {@code kill -9} does, and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        awaitExit(Duration.ofSeconds(30));
    }

    /** Asks it to end, as {@code kill} does, and returns its exit code. */
    public int terminate() {
        process.destroy();
        return awaitExit(Duration.ofSeconds(30));
    }

    /** Waits for it to end by itself, and returns its exit code. */
    public int awaitExit(Duration atMost) {
        try {
            if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(plane + " still runs after " + atMost + "; its log:\n" + log());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ends it, where it still runs; fails where it is seen to have lost a buffer. */
    @Override
    public void close() {
        if (alive()) {
            kill();
        }
        if (leakDetection().isPresent() && Files.isReadable(log) && log().contains(LEAK)) {
            throw new IllegalStateException(plane + " dropped a buffer without releasing it; its log:\n" + log());
        }
    }

    private static boolean answers(URI uri) {
        try {
            var request =
                    HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(2)).build();
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Waits for a condition, looking every 50 ms. Returns whether it came true in time. */
    public static boolean await(BooleanSupplier condition, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline >= 0) {
                return false;
            }
            java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
        }
        return true;
    }
}
