package io.suimon.bench.admin;

import io.suimon.harness.Gateway;
import io.suimon.harness.PlaneProcess;
import io.suimon.harness.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** One etcd with its data in a folder, on free ports of the loopback address. Closing it ends it. */
final class EtcdMember implements AutoCloseable {

    private static final Duration HEALTHY_WITHIN = Duration.ofSeconds(15);

    private final Process process;
    private final int port;

    private EtcdMember(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static EtcdMember start(Path folder) {
        var ports = Ports.free(2);
        var client = "http://127.0.0.1:" + ports.get(0);
        var peer = "http://127.0.0.1:" + ports.get(1);
        var command = List.of(
                "etcd",
                "--name=bench",
                "--data-dir=" + folder.resolve("etcd"),
                "--listen-client-urls=" + client,
                "--advertise-client-urls=" + client,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=bench=" + peer,
                "--auto-compaction-mode=periodic",
                "--auto-compaction-retention=1m",
                "--log-level=error");
        var member = new EtcdMember(launch(command, folder.resolve("etcd.log")), ports.get(0));
        if (!PlaneProcess.await(member::healthy, HEALTHY_WITHIN)) {
            member.close();
            throw new IllegalStateException("etcd: not healthy within " + HEALTHY_WITHIN.toSeconds() + " s; its log: "
                    + folder.resolve("etcd.log"));
        }
        return member;
    }

    private static Process launch(List<String> command, Path log) {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "etcd: cannot be started (expected: etcd on the PATH; Debian: apt-get install etcd-server)", e);
        }
    }

    private boolean healthy() {
        try {
            return Gateway.send(HttpRequest.newBuilder(URI.create(endpoint() + "/health")))
                    .body()
                    .contains("\"true\"");
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    int port() {
        return port;
    }

    String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    /** As it says itself. */
    static String version() {
        return io.suimon.bench.Commands.output(List.of("etcd", "--version"))
                .lines()
                .findFirst()
                .orElse("etcd")
                .replace(" Version:", "");
    }

    @Override
    public void close() {
        process.destroy();
    }
}
