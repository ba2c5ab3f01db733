package io.suimon.dataplane.upstream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** A real DNS server (Debian's dnsmasq) on loopback, with the names of a test; answers are good for a second. */
final class DnsServer implements AutoCloseable {

    private static final int MAX_ATTEMPTS = 10;

    /** Below those that the system gives to connections. */
    private static final int LOWEST_PORT = 11_000;

    private static final int HIGHEST_PORT = 32_768;

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
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT);
            var process = launch(folder, file, port);
            if (stays(process)) {
                return new DnsServer(file, port, process);
            }
        }
        throw new IOException("dnsmasq does not start: " + Files.readString(folder.resolve("dnsmasq.log")));
    }

    private static Process launch(Path folder, Path hosts, int port) throws IOException {
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
                "--log-queries",
                "--log-facility=-",
                "--addn-hosts=" + hosts);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("dnsmasq.log").toFile()))
                .start();
    }

    /** It ends at once where the port is taken, for datagrams or for connections. */
    private static boolean stays(Process process) throws IOException {
        try {
            return !process.waitFor(200, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    /** How often it was asked for a name's addresses of IPv4. */
    long questions(String name) throws IOException {
        return Files.readAllLines(hosts.resolveSibling("dnsmasq.log")).stream()
                .filter(line -> line.contains("query[A] " + name + " "))
                .count();
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
