package io.suimon.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What class files do not show. */
class SourcesTest {

    private static final int MAX_LINES = 400;
    private static final List<String> MODULES =
            List.of("proto", "process", "data-plane/engine", "data-plane", "control-plane", "integration-tests");

    @Test
    void noFileIsLongerThanAPersonReads() {
        assertThat(sources("src/main/java", "src/test/java"))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(lines(file)).as(file.toString()).hasSizeLessThanOrEqualTo(MAX_LINES));
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(sources("src/main/java").map(Path::getParent).distinct())
                .isNotEmpty()
                .allSatisfy(folder -> assertThat(folder.resolve("package-info.java"))
                        .content()
                        .contains("@NullMarked"));
    }

    private static Stream<Path> sources(String... folders) {
        var root = Path.of("..").toAbsolutePath().normalize();
        return MODULES.stream()
                .flatMap(module ->
                        Stream.of(folders).map(folder -> root.resolve(module).resolve(folder)))
                .filter(Files::isDirectory)
                .flatMap(SourcesTest::filesBelow)
                .filter(file -> file.toString().endsWith(".java"));
    }

    private static Stream<Path> filesBelow(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
