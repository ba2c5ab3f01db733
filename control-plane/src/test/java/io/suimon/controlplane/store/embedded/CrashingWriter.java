package io.suimon.controlplane.store.embedded;

import io.suimon.controlplane.store.Commit;
import io.suimon.controlplane.store.Mutation;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A process that writes to a store from several threads until it is killed. Notes in a journal, one line each, what it is about to
 * write ({@code try}) and what became of it ({@code done}, {@code no}).
 */
public final class CrashingWriter {

    private static final int WRITERS = 4;
    private static final int KEYS_PER_WRITER = 5;

    private CrashingWriter() {}

    /** Arguments: the store's folder, the journal, the length of values. */
    public static void main(String[] arguments) throws IOException {
        var limits = new EmbeddedConfigStore.Limits(Duration.ofSeconds(10), 1024, 100, 1 << 20);
        var padding = "x".repeat(Integer.parseInt(arguments[2]));
        var store = EmbeddedConfigStore.open(
                Path.of(arguments[0]), limits, InstantSource.system(), RandomGenerator.getDefault());
        try (var journal = new FileOutputStream(arguments[1], true)) {
            var threads = IntStream.range(0, WRITERS)
                    .mapToObj(writer -> Thread.ofPlatform().start(() -> write(store, journal, writer, padding)))
                    .toList();
            for (var thread : threads) {
                join(thread);
            }
        }
    }

    private static void write(EmbeddedConfigStore store, FileOutputStream journal, int writer, String padding) {
        long base = System.nanoTime();
        for (long n = 0; ; n++) {
            var path = "routes/" + writer + "-" + n % KEYS_PER_WRITER;
            long value = base + n;
            note(journal, "try " + path + " " + value);
            var bytes = (value + " " + padding).getBytes(UTF_8);
            var commit = store.commit(List.of(), List.of(new Mutation.Put(path, bytes, null)));
            note(journal, (commit instanceof Commit.Done ? "done " : "no ") + path + " " + value);
        }
    }

    private static void note(FileOutputStream journal, String line) {
        try {
            journal.write((line + "\n").getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
