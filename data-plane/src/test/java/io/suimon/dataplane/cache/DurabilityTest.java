package io.suimon.dataplane.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** What the kernel is asked for, seen by strace: a power failure cannot be tried here. Skipped where nothing may be traced. */
class DurabilityTest {

    private static final Pattern RENAMED = Pattern.compile("\\brename(?:at2?)?\\(.*\"([^\"]+)\".*\"([^\"]+)\"");

    @TempDir
    Path folder;

    private Path cache;

    @BeforeEach
    void tryStrace() throws Exception {
        var tried = folder.resolve("tried").toString();
        assumeThat(run("strace", "-f", "-e", "trace=fsync", "-o", tried, "true"))
                .isZero();
        cache = Files.createDirectory(folder.resolve("cache")).toRealPath();
    }

    @Test
    void copyAndItsNameAreOnTheDiskBeforeItIsSaidToBeWritten() throws Exception {
        var calls = calls("1", "100");

        var copy = cache.resolve("configuration-000000000001.bin");
        int renamed = first(calls, 0, call -> renames(call, copy).isPresent());
        var unfinished = renames(calls.get(renamed), copy).orElseThrow();
        int fileForced = last(calls, renamed, call -> call.contains("fsync(") && call.contains("<" + unfinished + ">"));
        int folderForced = first(calls, renamed, call -> call.contains("fsync(") && call.contains("<" + cache + ">"));
        int written = last(calls, renamed, call -> writes(call) && call.contains("<" + unfinished + ">"));
        int said = first(calls, renamed, call -> writes(call) && call.contains("0 100"));
        assertThat(List.of(written, fileForced, renamed, folderForced, said))
                .as(String.join("\n", calls))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void stepAndTheNameOfItsFileAreOnTheDiskBeforeItIsSaidToBeWritten() throws Exception {
        var calls = calls("2", "0");

        var steps = "<" + CacheFolder.stepsOf(cache.resolve("configuration-000000000001.bin")) + ">";
        int written = first(calls, 0, call -> writes(call) && call.contains(steps));
        int fileForced = first(calls, written, call -> call.contains("fdatasync(") && call.contains(steps));
        int folderForced =
                first(calls, fileForced, call -> call.contains("fsync(") && call.contains("<" + cache + ">"));
        int said = first(calls, written, call -> writes(call) && call.contains("0 2"));
        assertThat(List.of(written, fileForced, folderForced, said))
                .as(String.join("\n", calls))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    private List<String> calls(String copies, String first) throws Exception {
        var trace = folder.resolve("trace");
        int exit = run(
                "strace",
                "-f",
                "-y",
                "-s",
                "16",
                "-e",
                "trace=write,pwrite64,writev,fsync,fdatasync,rename,renameat,renameat2",
                "-o",
                trace.toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                CopyWriter.class.getName(),
                cache.toString(),
                "10",
                copies,
                first);
        assertThat(exit).isZero();
        return Files.readAllLines(trace);
    }

    private static boolean writes(String call) {
        return call.contains("write(") || call.contains("pwrite64(") || call.contains("writev(");
    }

    /** What was renamed to this; empty when the call is none that did. */
    private static Optional<String> renames(String call, Path to) {
        var renamed = RENAMED.matcher(call);
        return renamed.find() && renamed.group(2).equals(to.toString())
                ? Optional.of(renamed.group(1))
                : Optional.empty();
    }

    private static int first(List<String> calls, int from, Predicate<String> wanted) {
        return IntStream.range(from, calls.size())
                .filter(i -> wanted.test(calls.get(i)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("never called, in\n" + String.join("\n", calls)));
    }

    private static int last(List<String> calls, int before, Predicate<String> wanted) {
        return IntStream.range(0, before)
                .filter(i -> wanted.test(calls.get(i)))
                .max()
                .orElseThrow(() -> new AssertionError("never called before, in\n" + String.join("\n", calls)));
    }

    private static int run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            return -1;
        }
    }
}
