package io.suimon.controlplane.store.etcd;

import io.suimon.process.HeldPort;
import io.suimon.process.TestPatience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A real etcd member of its own on loopback, as tests need one: it can be killed, started again with its data, frozen and thawed.
 * Not thread-safe.
 */
public final class EtcdServer implements AutoCloseable {

    private final Path folder;
    private final List<String> options;
    private final String scheme;
    private final HeldPort clientPort;
    private final HeldPort peerPort;
    private @Nullable Process process;

    private EtcdServer(Path folder, String scheme, HeldPort clientPort, List<String> options) {
        this.folder = folder;
        this.scheme = scheme;
        this.options = List.copyOf(options);
        this.clientPort = clientPort;
        this.peerPort = heldPort();
    }

    /** Starts a member with its data and its log in this folder, and waits until it serves. */
    public static EtcdServer start(Path folder, String... options) {
        var server = new EtcdServer(folder, "http", heldPort(), List.of(options));
        server.start();
        return server;
    }

    /** Starts a member of another cluster at the address of one that was killed. */
    public static EtcdServer startAt(EtcdServer killed, Path folder) {
        var server = new EtcdServer(folder, killed.scheme, killed.clientPort, List.of());
        server.start();
        return server;
    }

    /** A member that serves TLS; the options name its files. Returns when its process runs, not when it serves. */
    public static EtcdServer startWithTls(Path folder, String... options) {
        var server = new EtcdServer(folder, "https", heldPort(), List.of(options));
        server.launch();
        return server;
    }

    private static HeldPort heldPort() {
        try {
            return new HeldPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where clients reach it. */
    public String endpoint() {
        return scheme + "://127.0.0.1:" + clientPort.number();
    }

    public int port() {
        return clientPort.number();
    }

    /** Starts it again, with the data it had. */
    public void start() {
        launch();
        awaitHealth();
    }

    /** The same of a member that serves TLS; returns when its process runs. */
    public void relaunch() {
        launch();
    }

    private void launch() {
        var peer = "http://127.0.0.1:" + peerPort.number();
        var command = new ArrayList<>(List.of(
                "etcd",
                "--name=one",
                "--data-dir=" + folder.resolve("data"),
                "--listen-client-urls=" + endpoint(),
                "--advertise-client-urls=" + endpoint(),
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=one=" + peer));
        command.addAll(options);
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("etcd.log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitHealth() {
        var health = HttpRequest.newBuilder(URI.create(endpoint() + "/health"))
                .timeout(TestPatience.LONG)
                .build();
        long giveUpAt = System.nanoTime() + TimeUnit.SECONDS.toNanos(2L * TestPatience.SECONDS);
        try (var client = HttpClient.newHttpClient()) {
            while (System.nanoTime() < giveUpAt && running().isAlive()) {
                try {
                    if (client.send(health, HttpResponse.BodyHandlers.ofString())
                                    .statusCode()
                            == 200) {
                        return;
                    }
                } catch (IOException e) {
                    // Not listening yet.
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    break;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
        throw new IllegalStateException("etcd did not start; see " + folder.resolve("etcd.log"));
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException("etcd is not running");
        }
        return process;
    }

    /** Ends it at once, as kill -9 does. */
    public void kill() {
        await(running().destroyForcibly());
        process = null;
    }

    /** Stops it in the middle of what it does: its sockets stay open and say nothing. */
    public void freeze() {
        signal("-STOP");
    }

    /** Lets it go on. */
    public void thaw() {
        signal("-CONT");
    }

    private void signal(String name) {
        run("kill", name, Long.toString(running().pid()));
    }

    /** Runs etcdctl against it; returns what it printed. */
    public String ctl(String... arguments) {
        var command = new ArrayList<>(List.of("etcdctl", "--endpoints=" + endpoint()));
        command.addAll(List.of(arguments));
        return run(command.toArray(String[]::new));
    }

    private static String run(String... command) {
        try {
            var builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putAll(Map.of("ETCDCTL_API", "3"));
            var started = builder.start();
            started.getOutputStream().close();
            var output = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (await(started) != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int await(Process ending) {
        try {
            return ending.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        if (process != null) {
            kill();
        }
        try {
            clientPort.close();
            peerPort.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
