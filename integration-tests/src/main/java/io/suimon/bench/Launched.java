package io.suimon.bench;

import io.suimon.harness.PlaneProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that listens, pinned to a core. Closing it ends it. */
final class Launched implements AutoCloseable {

    private final Process process;

    /**
     * Starts it, and waits until it listens.
     *
     * @param core what pins it
     */
    Launched(List<String> core, List<String> command, Path log, int port) {
        var pinned = new ArrayList<>(core);
        pinned.addAll(command);
        try {
            process = new ProcessBuilder(pinned)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        boolean listens = PlaneProcess.await(() -> accepts(port) || !process.isAlive(), Duration.ofSeconds(10));
        if (!listens || !process.isAlive()) {
            close();
            throw new IllegalStateException(command.getFirst() + " does not listen on port " + port + "; see " + log);
        }
    }

    /** The processes that do the work. */
    List<Long> pids() {
        var pids = new ArrayList<Long>();
        pids.add(process.pid());
        process.descendants().forEach(child -> pids.add(child.pid()));
        return pids;
    }

    private static boolean accepts(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
