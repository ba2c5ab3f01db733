package io.suimon.bench;

import io.suimon.harness.Commands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The heap of another JVM, and what memory that has beside it: a collector lets garbage that has grown old lie for as long as there is
 * room, so that resident memory as a whole tells little of leaks.
 *
 * @param from its first address
 * @param to the first one behind it
 */
public record JavaHeap(long from, long to) {

    private static final double MEBIBYTE = 1 << 20;
    private static final double KIBIBYTES = 1 << 10;
    private static final Pattern LIVE_BYTES = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");
    private static final Pattern SPACE = Pattern.compile("\\[0x(\\p{XDigit}+), 0x\\p{XDigit}+, 0x(\\p{XDigit}+)\\)");
    private static final Pattern MAPPING = Pattern.compile("(\\p{XDigit}+)-\\p{XDigit}+ .*");
    private static final int HEX = 16;

    /** Where it lies in a process, whose collector is the parallel one. */
    public static JavaHeap of(long pid) {
        var info = jcmd(pid, "GC.heap_info");
        var spaces = SPACE.matcher(info).results().toList();
        if (spaces.isEmpty()) {
            throw new IllegalStateException("jcmd: no space of a heap in " + info);
        }
        return new JavaHeap(
                spaces.stream()
                        .mapToLong(space -> Long.parseLong(space.group(1), HEX))
                        .min()
                        .orElseThrow(),
                spaces.stream()
                        .mapToLong(space -> Long.parseLong(space.group(2), HEX))
                        .max()
                        .orElseThrow());
    }

    /** Bytes of all objects that are left after a full collection, as {@code jcmd GC.class_histogram} adds them up. */
    public static double liveMiB(long pid) {
        var histogram = jcmd(pid, "GC.class_histogram");
        var total = LIVE_BYTES.matcher(histogram);
        if (!total.find()) {
            throw new IllegalStateException("jcmd: no line of totals in " + histogram.length() + " characters");
        }
        return Long.parseLong(total.group(1)) / MEBIBYTE;
    }

    /** What is resident beside it of the process it belongs to. */
    public double residentBesideMiB(long pid) {
        return residentBeside(lines(Path.of("/proc/" + pid + "/smaps")));
    }

    /** @param mappings as in {@code /proc/PID/smaps} (proc(5)) */
    double residentBeside(List<String> mappings) {
        boolean beside = false;
        double kib = 0;
        for (var line : mappings) {
            var mapping = MAPPING.matcher(line);
            if (mapping.matches()) {
                long at = Long.parseUnsignedLong(mapping.group(1), HEX);
                beside = at < from || at >= to;
            } else if (beside && line.startsWith("Rss:")) {
                kib += Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        return kib / KIBIBYTES;
    }

    private static String jcmd(long pid, String command) {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        return Commands.output(List.of(jcmd, Long.toString(pid), command));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
