package io.suimon.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.awaitility.Awaitility.await;

/** A real DNS server (Debian's dnsmasq) on loopback, with the names of a test; answers are good for a second. */
public final class DnsServer implements AutoCloseable {

    private static final int MAX_ATTEMPTS = 10;

    private final Path folder;
    private final Path hosts;

    /** Held until this process ends: another server may come in place of this one. */
    private final HeldPort port;

    private final Process process;

    private DnsServer(Path folder, Path hosts, HeldPort port, Process process) {
        this.folder = folder;
        this.hosts = hosts;
        this.port = port;
        this.process = process;
    }

    /**
     * One with these names.
     *
     * @param hosts lines as in /etc/hosts
     */
    public static DnsServer start(Path folder, String... hosts) throws IOException {
        return start(folder, List.of("--local-ttl=1"), hosts);
    }

    /**
     * The same with other records, too.
     *
     * @param options as dnsmasq has them
     */
    public static DnsServer start(Path folder, List<String> options, String... hosts) throws IOException {
        var file = Files.write(folder.resolve("hosts"), List.of(hosts));
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            var port = new HeldPort();
            var process = launch(folder, options, file, port);
            if (starts(process, folder)) {
                return new DnsServer(folder, file, port, process);
            }
        }
        throw new IOException("dnsmasq does not start: " + Files.readString(folder.resolve("dnsmasq.log")));
    }

    /** One in place of this one, which was closed: on the same port. */
    public DnsServer again(List<String> options, String... lines) throws IOException {
        Files.write(hosts, List.of(lines));
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            var started = launch(folder, options, hosts, port);
            if (starts(started, folder)) {
                return new DnsServer(folder, hosts, port, started);
            }
        }
        throw new IOException("dnsmasq does not start again");
    }

    private static Process launch(Path folder, List<String> options, Path hosts, HeldPort port) throws IOException {
        var command = new ArrayList<>(List.of(
                "/usr/sbin/dnsmasq",
                "--keep-in-foreground",
                "--conf-file=/dev/null",
                "--pid-file",
                "--user=root",
                "--no-resolv",
                "--no-hosts",
                "--bind-interfaces",
                "--listen-address=127.0.0.1",
                "--port=" + port.number(),
                "--local=/test/",
                "--log-queries",
                "--log-facility=-",
                "--addn-hosts=" + hosts));
        command.addAll(options);
        var builder = new ProcessBuilder(command);
        builder.environment().put("LC_ALL", "C"); // in whose words it says that it started
        return builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("dnsmasq.log").toFile()))
                .start();
    }

    /** It says so; or it ends, where the port is taken, for datagrams or for connections. */
    private static boolean starts(Process process, Path folder) {
        var said = "dnsmasq[" + process.pid() + "]: started";
        await().until(() -> !process.isAlive()
                || Files.readString(folder.resolve("dnsmasq.log")).contains(said));
        return process.isAlive();
    }

    public String address() {
        return "127.0.0.1:" + port.number();
    }

    /** How often it was asked for a name's addresses of IPv4. */
    public long questions(String name) throws IOException {
        return Files.readAllLines(hosts.resolveSibling("dnsmasq.log")).stream()
                .filter(line -> line.contains("query[A] " + name + " "))
                .count();
    }

    /** Has other names from now on. */
    public void change(String... lines) throws IOException {
        Files.write(hosts, List.of(lines));
        signal("HUP");
    }

    /** Answers nothing any more, without being gone. */
    public void freeze() throws IOException {
        signal("STOP");
    }

    public void thaw() throws IOException {
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
        stop();
    }

    /** It answers nothing any more; more than once is once. */
    public void stop() {
        process.destroyForcibly();
        try {
            process.waitFor(TestPatience.SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
