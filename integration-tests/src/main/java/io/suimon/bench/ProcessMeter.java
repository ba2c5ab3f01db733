package io.suimon.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads what processes have used from Linux's {@code /proc} (proc(5)). */
public final class ProcessMeter {

    private static final int UTIME = 11; // counted behind the command's closing bracket
    private static final double MICROS_PER_TICK = 10_000; // USER_HZ is 100 on every Linux platform

    private ProcessMeter() {}

    /** CPU time used so far, in microseconds, user and system. */
    static double cpuMicros(List<Long> pids) {
        double ticks = 0;
        for (long pid : pids) {
            var stat = read(Path.of("/proc/" + pid + "/stat"));
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            ticks += Long.parseLong(fields[UTIME]) + Long.parseLong(fields[UTIME + 1]);
        }
        return ticks * MICROS_PER_TICK;
    }

    /** Resident memory in MiB. */
    public static double residentMiB(List<Long> pids) {
        double kib = 0;
        for (long pid : pids) {
            kib += read(Path.of("/proc/" + pid + "/status"))
                    .lines()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        }
        return kib / 1024;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
