package io.suimon.it;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A real DNS server (Debian's dnsmasq) on loopback whose answers are good for a second. Not thread-safe. */
final class NameServer implements AutoCloseable {

    private final Path folder;
    private final int port;
    private @Nullable Process process;

    NameServer(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    /** Starts it, or starts it anew; its one service is at these ports of loopback. */
    NameServer start(String service, int... ports) throws IOException {
        stop();
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
                "--port=" + port,
                "--local=/test/",
                "--local-ttl=1",
                "--host-record=here.test,127.0.0.1"));
        for (int each : ports) {
            command.add("--srv-host=" + service + ",here.test," + each + ",0,1");
        }
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("dnsmasq.log").toFile()))
                .start();
        return this;
    }

    @Override
    public void close() {
        stop();
    }

    /** It answers nothing any more. */
    void stop() {
        var running = process;
        if (running == null) {
            return;
        }
        process = null;
        running.destroyForcibly();
        try {
            running.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
