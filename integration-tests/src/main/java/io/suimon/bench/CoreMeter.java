package io.suimon.bench;

import io.suimon.harness.Cores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * How busy a core is, from {@code /proc/stat} (proc(5)), since the moment this was made.
 *
 * @param all ticks so far
 * @param idle those of them in which it had nothing to do
 */
record CoreMeter(String core, long all, long idle) {

    private static final int IDLE = 4; // behind the name: user, nice, system, idle, iowait ...
    private static final int IOWAIT = 5;
    private static final int STEAL = 8; // what follows is counted among user's and nice's already

    /** The core of origin and load. */
    static CoreMeter ofTheLoad() {
        return now("cpu" + Cores.LOAD);
    }

    private static CoreMeter now(String core) {
        try {
            var fields = Files.readString(Path.of("/proc/stat"))
                    .lines()
                    .filter(line -> line.startsWith(core + " "))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("/proc/stat: no " + core))
                    .split(" +");
            long all = Arrays.stream(fields, 1, STEAL + 1)
                    .mapToLong(Long::parseLong)
                    .sum();
            return new CoreMeter(core, all, Long.parseLong(fields[IDLE]) + Long.parseLong(fields[IOWAIT]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Percent of the time since then in which it was busy. */
    double busyPercent() {
        var now = now(core);
        return now.all == all ? 0 : 100.0 * (now.all - all - (now.idle - idle)) / (now.all - all);
    }
}
