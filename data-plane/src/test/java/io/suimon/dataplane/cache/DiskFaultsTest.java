package io.suimon.dataplane.cache;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** What the disk, and who pulls the plug, can do to the copies. */
class DiskFaultsTest {

    @TempDir
    Path path;

    private final CacheCounters counters = new CacheCounters();
    private final List<Path> mounted = new ArrayList<>();

    @AfterEach
    void unmount() throws Exception {
        for (var folder : mounted) {
            run("umount", folder.toString());
        }
    }

    @ParameterizedTest(name = "killed after {0} copies")
    @ValueSource(ints = {1, 2, 3, 5, 8, 13})
    void killedWriterLeavesEveryCopyItSaidItWrote(int copies) throws Exception {
        assertThatAllIsThereOf(copies, writer("exec", 2_000, 1_000_000, 100));

        assertThat(counters.damaged()).isZero();
    }

    @ParameterizedTest(name = "killed after {0} steps")
    @ValueSource(ints = {1, 2, 10, 100, 300})
    void killedWriterLeavesEveryStepItSaidItWrote(int steps) throws Exception {
        assertThatAllIsThereOf(steps, writer("exec", 100, 1_000_000, 0));
    }

    private void assertThatAllIsThereOf(int copies, Process writer) throws Exception {
        long written = 0;
        try (var said = new BufferedReader(new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
            for (int i = 0; i < copies; i++) {
                written = Long.parseLong(said.readLine().split(" ", -1)[1]);
            }
            writer.destroyForcibly().waitFor();
        }

        try (var folder = CacheFolder.open(path)) {
            var loaded = new SnapshotCache(folder, CacheSettings.of(path), counters).load();
            assertThat(loaded).isPresent();
            assertThat(loaded.get().revision()).isGreaterThanOrEqualTo(written);
            assertThat(path).isDirectoryNotContaining("glob:**.tmp");
        }
    }

    @Test
    void fullDiskCostsACountAndLeavesWhatThereWas() throws Exception {
        keep(1, 10);

        var writer = writer("ulimit -f 64; exec", 5_000, 2, 100);
        var said = new String(writer.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        writer.waitFor();

        assertThat(said.lines()).hasSize(2).noneMatch(line -> line.startsWith("0 "));
        try (var folder = CacheFolder.open(path)) {
            var loaded = new SnapshotCache(folder, CacheSettings.of(path), counters).load();
            assertThat(loaded).contains(Configurations.of(1, 10));
        }
    }

    @Test
    void folderThatCanOnlyBeReadIsReadAndCostsACount() throws Exception {
        keep(1, 10);
        makeReadOnly();

        try (var folder = CacheFolder.open(path)) {
            var cache = new SnapshotCache(folder, CacheSettings.of(path), counters);
            assertThat(cache.load()).contains(Configurations.of(1, 10));
            cache.offer(whole -> Configurations.of(2, 10));
            cache.close();

            assertThat(counters.writeFailures()).isPositive();
            assertThat(cache.load()).contains(Configurations.of(1, 10));
        }
    }

    /** By permissions, or, for root, who may do everything, by a mount. */
    private void makeReadOnly() throws Exception {
        if (!System.getProperty("user.name").equals("root")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r-xr-xr-x"));
            return;
        }
        assumeThat(run("mount", "--bind", path.toString(), path.toString())).isZero();
        mounted.add(path);
        assumeThat(run("mount", "-o", "remount,ro,bind", path.toString())).isZero();
    }

    private static int run(String... command) throws Exception {
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

    private Process writer(String how, int resources, int copies, int first) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        "sh",
                        "-c",
                        how + " \"$0\" \"$@\"",
                        java,
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        CopyWriter.class.getName(),
                        path.toString(),
                        Integer.toString(resources),
                        Integer.toString(copies),
                        Integer.toString(first))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private void keep(long revision, int resources) throws IOException {
        try (var folder = CacheFolder.open(path);
                var cache = new SnapshotCache(folder, CacheSettings.of(path), counters)) {
            cache.offer(whole -> Configurations.of(revision, resources));
        }
    }
}
