package io.suimon.controlplane.store.embedded;

import io.suimon.controlplane.store.StoreSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a store holds after its process was killed, or could not write: all that was acknowledged. */
class EmbeddedCrashTest {

    private static final int ROUNDS = 5;

    @TempDir
    Path folder;

    private @Nullable Process writer;

    @AfterEach
    void stop() {
        if (writer != null) {
            writer.destroyForcibly();
        }
    }

    @Test
    void whatWasAcknowledgedSurvivesKill9() throws Exception {
        var journal = new Journal(folder.resolve("journal"));
        int acknowledged = 0;
        for (int round = 0; round < ROUNDS; round++) {
            int before = acknowledged;
            var process = start(700, "exec \"$@\"");
            await().atMost(Duration.ofSeconds(60)).until(() -> journal.count("done") > before + 300);
            process.destroyForcibly().waitFor();
            acknowledged = journal.count("done");

            journal.assertHolds(reopened());
        }
    }

    @Test
    void aFileThatCannotGrowRefusesWritesLosesNothingAndRecovers() throws Exception {
        var journal = new Journal(folder.resolve("journal"));
        var process = start(200_000, "ulimit -S -f 8192; exec \"$@\"");
        await().atMost(Duration.ofSeconds(60)).until(() -> journal.count("no") > 20);
        int refusedAt = journal.count("done");
        new ProcessBuilder("prlimit", "--pid", Long.toString(process.pid()), "--fsize=unlimited:")
                .inheritIO()
                .start()
                .waitFor();
        await().atMost(Duration.ofSeconds(60)).until(() -> journal.count("done") > refusedAt + 50);
        process.destroyForcibly().waitFor();

        journal.assertHolds(reopened());
    }

    private Process start(int valueLength, String script) throws IOException {
        var started = new ProcessBuilder(
                        "bash",
                        "-c",
                        script,
                        "writer",
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashingWriter.class.getName(),
                        folder.resolve("store").toString(),
                        folder.resolve("journal").toString(),
                        Integer.toString(valueLength))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("writer.log").toFile())
                .start();
        writer = started;
        return started;
    }

    private StoreSnapshot reopened() {
        var limits = new EmbeddedConfigStore.Limits(Duration.ofSeconds(10), 1024, 100, 1 << 20);
        var store = EmbeddedConfigStore.open(
                folder.resolve("store"), limits, InstantSource.system(), RandomGenerator.getDefault());
        try {
            return store.list();
        } finally {
            store.close();
        }
    }

    /** What the writer noted. A line that was cut off by the kill does not count. */
    private record Journal(Path file) {

        private List<String> lines() throws IOException {
            if (!Files.exists(file)) {
                return List.of();
            }
            var text = Files.readString(file);
            return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        }

        int count(String word) throws IOException {
            return (int)
                    lines().stream().filter(line -> line.startsWith(word + " ")).count();
        }

        /** Of each key, the store holds the last acknowledged value, or one that was tried later and not answered with success. */
        void assertHolds(StoreSnapshot snapshot) throws IOException {
            Map<String, Set<String>> allowed = new HashMap<>();
            for (var line : lines()) {
                var words = line.split(" ", -1);
                var values = allowed.computeIfAbsent(words[1], path -> new HashSet<>());
                if (words[0].equals("done")) {
                    values.clear();
                }
                values.add(words[2]);
            }
            var held = snapshot.entries().stream()
                    .collect(Collectors.toMap(
                            entry -> entry.path(), entry -> new String(entry.value(), UTF_8).split(" ", -1)[0]));
            assertThat(held.keySet()).isEqualTo(allowed.keySet());
            held.forEach((path, value) -> assertThat(allowed.get(path)).as(path).contains(value));
        }
    }
}
