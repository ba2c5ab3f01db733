package io.suimon.soak;

import io.suimon.bench.ProcessMeter;
import io.suimon.harness.Gateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a node holds at one moment.
 *
 * @param connections of clients, and exchanges on them
 * @param buffers that its pools handed out
 * @param descriptors of open files and sockets
 * @param residentMiB memory
 */
record Vitals(long connections, long buffers, long descriptors, long threads, double residentMiB) {

    /** Of this process, which is the gateway's node. */
    static Vitals of(Gateway gateway, long pid) {
        var metrics = gateway.metrics().body();
        return new Vitals(
                number(metrics, "apisix_nginx_http_current_connections{state=\"active\"} "),
                number(metrics, "suimon_buffers_taken "),
                entries(Path.of("/proc/" + pid + "/fd")),
                entries(Path.of("/proc/" + pid + "/task")),
                ProcessMeter.residentMiB(List.of(pid)));
    }

    private static long number(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(name.length())))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the node shows no metric " + name));
    }

    private static long entries(Path folder) {
        try (var all = Files.list(folder)) {
            return all.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "%d connections, %d buffers, %d descriptors, %d threads, %.0f MiB"
                .formatted(connections, buffers, descriptors, threads, residentMiB);
    }
}
