package io.suimon.dataplane.upstream;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real DNS server (Debian's dnsmasq) on loopback, with the names of a test; answers are good for a second. */
final class DnsServer implements AutoCloseable {

    private final Path hosts;
    private final int port;
    private final Process process;

    private DnsServer(Path hosts, int port, Process process) {
        this.hosts = hosts;
        this.port = port;
        this.process = process;
    }

    /** @param hosts lines as in /etc/hosts */
    static DnsServer start(Path folder, String... hosts) throws IOException {
        var file = Files.write(folder.resolve("hosts"), List.of(hosts));
        int port = freePort();
        var command = List.of(
                "/usr/sbin/dnsmasq",
                "--keep-in-foreground",
                "--conf-file=/dev/null",
                "--pid-file",
                "--user=root",
                "--no-resolv",
                "--no-hosts",
                "--bind-interfaces",
                "--listen-address=127.0.0.1",
                "--port=" + port,
                "--local=/test/",
                "--local-ttl=1",
                "--addn-hosts=" + file);
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("dnsmasq.log").toFile())
                .start();
        return new DnsServer(file, port, process);
    }

    private static int freePort() throws IOException {
        try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    /** Has other names from now on. */
    void change(String... lines) throws IOException {
        Files.write(hosts, List.of(lines));
        signal("HUP");
    }

    /** Answers nothing any more, without being gone. */
    void freeze() throws IOException {
        signal("STOP");
    }

    void thaw() throws IOException {
        signal("CONT");
    }

    private void signal(String name) throws IOException {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
