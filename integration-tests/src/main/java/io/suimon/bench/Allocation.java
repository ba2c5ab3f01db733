package io.suimon.bench;

import io.suimon.harness.Commands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.IntToDoubleFunction;
import jdk.jfr.consumer.RecordingFile;

/** What a node's event loops allocate, by its flight recorder: the JVM counts it per thread at the beginning and the end of a recording. */
final class Allocation {

    private static final String EVENT = "jdk.ThreadAllocationStatistics";
    private static final String THREADS = "traffic";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Allocation() {}

    /** What the loops allocated while so many were answered. */
    record Taken(double bytes, double answers) {

        /** Bytes for each, with what connections take. */
        double perAnswer() {
            return bytes / Math.max(1, answers);
        }
    }

    /**
     * Bytes per answer: what a longer load takes more than a short one, so that what connections take does not count.
     *
     * @param load runs for so many seconds, and says how many answers it had
     */
    static double perAnswer(long pid, Path folder, int seconds, IntToDoubleFunction load) {
        var brief = taken(pid, folder, () -> load.applyAsDouble(1));
        var longer = taken(pid, folder, () -> load.applyAsDouble(1 + seconds));
        return Math.max(0, longer.bytes - brief.bytes) / Math.max(1, longer.answers - brief.answers);
    }

    /**
     * What one load takes.
     *
     * @param load runs, and says how many answers it had
     */
    static Taken taken(long pid, Path folder, DoubleSupplier load) {
        var file = folder.resolve("allocation.jfr");
        jcmd(
                pid,
                "JFR.start",
                "name=allocation",
                "settings=none",
                "+" + EVENT + "#enabled=true",
                "+" + EVENT + "#period=everyChunk");
        double answers = load.getAsDouble();
        jcmd(pid, "JFR.stop", "name=allocation", "filename=" + file);
        try {
            var taken = new Taken(allocated(file), answers);
            Files.delete(file);
            return taken;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long allocated(Path recording) throws IOException {
        Map<Long, LongSummaryStatistics> threads = new HashMap<>();
        for (var event : RecordingFile.readAllEvents(recording)) {
            var thread = event.getThread("thread");
            if (event.getEventType().getName().equals(EVENT)
                    && thread != null
                    && thread.getJavaName() != null
                    && thread.getJavaName().startsWith(THREADS)) {
                threads.computeIfAbsent(thread.getJavaThreadId(), id -> new LongSummaryStatistics())
                        .accept(event.getLong("allocated"));
            }
        }
        if (threads.isEmpty()) {
            throw new IllegalStateException("the recording has no thread whose name begins with " + THREADS);
        }
        return threads.values().stream()
                .mapToLong(each -> each.getMax() - each.getMin())
                .sum();
    }

    private static void jcmd(long pid, String... command) {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var all = new ArrayList<>(List.of(jcmd, Long.toString(pid)));
        all.addAll(List.of(command));
        Commands.output(all, Map.of(), PATIENCE);
    }
}
