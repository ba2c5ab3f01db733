package io.suimon.chaos;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The short plan of {@code ./suimon chaos}; the whole is a command of its own. */
class ChaosIT {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    @Test
    void thePromisesOfTheShortPlanAreKept() throws Exception {
        var results = new ArrayList<Result>();

        try (var laboratory = new Laboratory(Testbed.start(ROOT, folder), Duration.ofSeconds(3))) {
            for (var name : Catalog.SHORT) {
                results.add(laboratory.run(Catalog.named(name).orElseThrow()));
            }
        }

        var report = MarkdownReport.page(results);
        Files.writeString(Path.of("target/chaos.html"), HtmlReport.page(results));
        assertThat(results).as(report).noneMatch(Result::broken).hasOnlyElementsOfType(Result.Judged.class);
    }
}
