package io.suimon.it.registries;

import io.suimon.harness.Gateway;
import io.suimon.it.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

import static org.awaitility.Awaitility.await;

/** A registry's own server as a process, with the class path of its module below {@code registries} and no other. Not thread-safe. */
final class RegistryProcess implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofMinutes(2);
    private static final int OK = 200;

    private final Path log;
    private final List<String> command;
    private final URI ready;
    private @Nullable Process process;

    /**
     * Describes one without starting it.
     *
     * @param module its folder below {@code registries}
     * @param program options, the main class and its arguments
     * @param ready what is answered 200 when it is ready
     */
    RegistryProcess(String module, Path folder, List<String> program, URI ready) throws IOException {
        var target = Checkout.ROOT.resolve("integration-tests/registries").resolve(module + "/target");
        this.log = folder.resolve(module + ".log");
        this.ready = ready;
        this.command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                target.resolve("classes") + ":" + Files.readString(target.resolve("class-path"))));
        command.addAll(program);
    }

    /** Starts it, and waits until it answers. */
    RegistryProcess start() {
        try {
            var started = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            process = started;
            await(ready.toString()).atMost(READY_WITHIN).until(() -> answers() || !started.isAlive());
            if (!started.isAlive()) {
                throw new IllegalStateException(command.getLast() + " ended; its log:\n" + Files.readString(log));
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean answers() {
        try {
            return Gateway.send(HttpRequest.newBuilder(ready)).statusCode() == OK;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** Ends it as {@code kill -9} does, and waits until it is gone. */
    @Override
    public void close() {
        var running = process;
        if (running == null) {
            return;
        }
        process = null;
        running.destroyForcibly();
        try {
            running.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
