package io.suimon.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One member of an {@link EtcdCluster}: a process that can be killed, frozen, and started again with its data. Not thread-safe. */
public final class EtcdMember {

    private final String name;
    private final Path folder;
    private final int clientPort;
    private final int peerPort;
    private @Nullable List<String> command;
    private @Nullable Process process;

    EtcdMember(String name, Path folder, int clientPort, int peerPort) {
        this.name = name;
        this.folder = folder;
        this.clientPort = clientPort;
        this.peerPort = peerPort;
    }

    public String name() {
        return name;
    }

    /** Where clients reach it, on loopback. */
    public int port() {
        return clientPort;
    }

    String peerUrl() {
        return "http://127.0.0.1:" + peerPort;
    }

    /** @param options come behind ours, so they win */
    void launch(String cluster, List<String> options) {
        var client = "http://127.0.0.1:" + clientPort;
        var all = new ArrayList<>(List.of(
                "etcd",
                "--name=" + name,
                "--data-dir=" + folder.resolve("data"),
                "--listen-client-urls=" + client,
                "--advertise-client-urls=" + client,
                "--listen-peer-urls=" + peerUrl(),
                "--initial-advertise-peer-urls=" + peerUrl(),
                "--initial-cluster=" + cluster,
                "--unsafe-no-fsync=true"));
        all.addAll(options);
        command = List.copyOf(all);
        start();
    }

    /** Starts it, with the data it has; returns at once. */
    public void start() {
        if (command == null || alive()) {
            throw new IllegalStateException("etcd member " + name + " was never launched, or runs");
        }
        try {
            Files.createDirectories(folder);
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("etcd.log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "etcd cannot be started (expected: the program etcd on the PATH, in Debian the package etcd-server)",
                    e);
        }
    }

    /** Of its process; it must run. */
    public long pid() {
        if (process == null) {
            throw new IllegalStateException("etcd member " + name + " does not run");
        }
        return process.pid();
    }

    public boolean alive() {
        return process != null && process.isAlive();
    }

    /** Replaces its data by a backup's; it must not run. */
    void restore(Path backup, String cluster) {
        var data = folder.resolve("data-" + System.nanoTime());
        Commands.output(List.of(
                "env",
                "ETCDCTL_API=3",
                "etcdctl",
                "snapshot",
                "restore",
                backup.toString(),
                "--name=" + name,
                "--initial-cluster=" + cluster,
                "--initial-cluster-token=restored",
                "--initial-advertise-peer-urls=" + peerUrl(),
                "--data-dir=" + data));
        if (command != null) {
            var changed = new ArrayList<>(command);
            changed.replaceAll(option -> option.startsWith("--data-dir=") ? "--data-dir=" + data : option);
            command = List.copyOf(changed);
        }
    }

    /** Whether it says that it is healthy: a member without a leader is not. */
    public boolean healthy() {
        try {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + clientPort + "/health"))
                    .timeout(Duration.ofSeconds(2));
            return alive() && Gateway.send(request).statusCode() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** Ends it at once, as kill -9 does. */
    public void kill() {
        if (process != null) {
            process.destroyForcibly();
            process.onExit().join();
            process = null;
        }
    }

    /** Stops it in the middle of what it does: its sockets stay open and say nothing. */
    public void freeze() {
        signal("-STOP");
    }

    /** Lets it go on. */
    public void thaw() {
        signal("-CONT");
    }

    private void signal(String signal) {
        Commands.output(List.of("kill", signal, Long.toString(pid())));
    }
}
